import { z } from 'zod';
import { codeSchema, textSchema } from '../../shared/text.ts';
import { localDaySchema } from '../../shared/time.ts';
import { bookingStates } from '../rules/booking.ts';

const versionSchema = z.coerce.number().int().min(1);
const instantSchema = z.string();

export const challengeSchema = z.object({ version: versionSchema });

export const extendSchema = z.object({
  version: versionSchema,
  until: localDaySchema,
  reason: textSchema(500),
});
export type ExtendHold = z.infer<typeof extendSchema>;

export const listLinesSchema = z.object({ venue: codeSchema(60, 0).optional() });

const clockSchema = z.object({ startedAt: instantSchema, endsAt: instantSchema });

export const lineSchema = z
  .object({
    state: z.enum(bookingStates),
    /** Only of those in line: the second option has rank 2, the first who waits rank 1. */
    place: z
      .object({
        rank: z.int(),
        optionsAhead: z.int(),
        waitsAhead: z.int(),
        holder: z
          .object({
            state: z.enum(['held', 'requested', 'approved', 'closed']),
            endsOn: z.string().nullable(),
          })
          .nullable(),
      })
      .nullable(),
    behind: z.object({ options: z.int(), waits: z.int() }),
    challenge: clockSchema.nullable(),
    canChallenge: z.boolean(),
    /** Why an option may not challenge now: a code of the catalogue. */
    challengeRefusal: z.string().nullable(),
    challengeHours: z.int(),
    offerHours: z.int(),
    /** For staff only: everyone, with names. */
    members: z
      .array(
        z.object({
          bookingId: z.string(),
          number: z.string(),
          title: z.string(),
          organizationName: z.string(),
          state: z.string(),
          rank: z.int(),
          holdExpiresAt: instantSchema.nullable(),
          challengeEndsAt: instantSchema.nullable(),
          queuedAt: instantSchema.nullable(),
        }),
      )
      .nullable(),
  })
  .meta({ id: 'BookingLine' });

export const venueLineSchema = z
  .object({
    bookingId: z.string(),
    number: z.string(),
    title: z.string(),
    organizationName: z.string(),
    venueId: z.string(),
    state: z.enum(['optioned', 'waiting']),
    queuedAt: instantSchema,
    rank: z.int(),
    firstUsedOn: z.string(),
    lastUsedOn: z.string(),
    placesJa: z.array(z.string()),
    placesEn: z.array(z.string()),
    before: z.array(
      z.object({
        bookingId: z.string(),
        number: z.string(),
        title: z.string(),
        organizationName: z.string(),
        state: z.string(),
        holdExpiresAt: instantSchema,
        challengeEndsAt: instantSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'VenueLine' });
