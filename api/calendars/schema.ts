import { z } from 'zod';
import { idSchema, type FeedId, type OrganizationId } from '../shared/ids.ts';
import { codeSchema, oneLineSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';

export const newFeedSchema = z.object({
  organizationId: idSchema<OrganizationId>('organization'),
  name: oneLineSchema(60),
});
export type NewFeed = z.infer<typeof newFeedSchema>;

export const feedIdSchema = idSchema<FeedId>('feed');

export const freeBusyQuerySchema = z.object({ room: codeSchema(120, 0).optional() });

const daysAtMost = 31;

export const eventsQuerySchema = z.object({
  from: localDaySchema.optional(),
  days: z.coerce.number().pipe(z.int().min(1).max(daysAtMost)).default(7),
});
export type EventsQuery = z.infer<typeof eventsQuerySchema>;

/** A public event on one day: its title and place, and nothing of who holds it. */
export const publicEventSchema = z
  .object({
    venueId: z.string(),
    venueNameJa: z.string(),
    venueNameEn: z.string(),
    title: z.string(),
    usedOn: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    roomNamesJa: z.array(z.string()),
    roomNamesEn: z.array(z.string()),
  })
  .meta({ id: 'PublicEvent' });

const fileEnding = '.ics';

/** `big-palette.ics` names the calendar `big-palette`; anything else names none. */
export const calendarNameIn = (file: string): string | undefined =>
  file.endsWith(fileEnding) ? file.slice(0, -fileEnding.length) : undefined;

export const feedSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    organizationId: z.string(),
    createdAt: z.string(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Feed' });

export const madeFeedSchema = feedSchema.extend({ url: z.string() }).meta({ id: 'MadeFeed' });
