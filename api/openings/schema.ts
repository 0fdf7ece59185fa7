import { z } from 'zod';
import { holdBookingSchema } from '../bookings/schema/bookings.ts';

import { roomClassSchema } from '../rooms/schema.ts';
import { writtenSchema } from '../shared/ids.ts';
import { instantSchema, localDaySchema, type LocalDay } from '../shared/time.ts';
import { venueCodeSchema } from '../venues/schema.ts';
import { entryStates, lotteryStates } from './rules/lottery.ts';
import { wholeNumberSchema } from '../shared/typed.ts';

const days = {
  venue: venueCodeSchema,
  roomClass: roomClassSchema,
  usesFrom: localDaySchema,
  usesUntil: localDaySchema,
  opensAt: instantSchema,
};

export const entriesMostAtMost = 100;

export const openPeriodSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('first_come'), ...days }),
  z.object({
    method: z.literal('lottery'),
    ...days,
    collectsFrom: instantSchema,
    collectsUntil: instantSchema,
    drawsAt: instantSchema,
    acceptBy: instantSchema,
    entriesMost: wholeNumberSchema(entriesMostAtMost, 1).default(1),
  }),
]);
export type OpenPeriod = z.infer<typeof openPeriodSchema>;

/** A wish is asked for as a booking is; the lottery knows the venue. */
export const enterSchema = holdBookingSchema.omit({ venue: true, mode: true });
export type Enter = z.infer<typeof enterSchema>;

export const listPeriodsSchema = z.object({ venue: venueCodeSchema.optional() });

const instant = z.string();
const named = { nameJa: z.string(), nameEn: z.string() };

const lotteryFacts = {
  id: z.string(),
  collectsFrom: instant,
  collectsUntil: instant,
  drawsAt: instant,
  acceptBy: instant,
  entriesMost: z.int(),
  seedHash: z.string().meta({ description: 'SHA-256 of the seed, published beforehand' }),
  seed: z.string().nullable().meta({ description: 'Told after the draw' }),
  drawnAt: instant.nullable(),
};

const periodFacts = {
  venueId: z.string(),
  roomClass: z.string(),
  usesFrom: z.string(),
  usesUntil: z.string(),
  opensAt: instant,
  state: z.enum(lotteryStates),
};

export const periodSchema = z
  .object({
    id: z.string(),
    method: z.enum(['first_come', 'lottery']),
    ...periodFacts,
    lottery: z.object({ ...lotteryFacts, entryCount: z.int(), wonCount: z.int() }).nullable(),
  })
  .meta({ id: 'OpeningPeriod' });

const wishedUseSchema = z.object({
  configurationId: z.string(),
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
  date: z.string(),
  band: z.string(),
  bandNameJa: z.string(),
  bandNameEn: z.string(),
  phase: z.string(),
});

const publicEntrySchema = z.object({
  number: z.int(),
  state: z.enum(entryStates),
  uses: z.array(wishedUseSchema),
  claims: z.array(z.object({ cellId: z.string(), from: instant, until: instant })),
});

export const lotterySchema = z
  .object({
    ...lotteryFacts,
    ...periodFacts,
    venue: z.object({ id: z.string(), ...named }),
    entries: z.array(publicEntrySchema),
    draw: z
      .object({
        order: z.array(z.int()),
        won: z.array(z.int()),
        lost: z.array(z.object({ number: z.int(), lostTo: z.int().nullable(), position: z.int() })),
        blocked: z
          .array(z.int())
          .meta({ description: 'Entries whose time something else had at the moment of the draw' }),
      })
      .nullable(),
  })
  .meta({ id: 'Lottery' });

export const entrySchema = z
  .object({
    ...publicEntrySchema.shape,
    id: z.string(),
    organizationId: z.string(),
    organizationName: z.string(),
    title: z.string(),
    bookingId: z.string().nullable(),
    bookingNumber: z.string().nullable(),
    acceptBy: instant.nullable(),
    lostTo: z.int().nullable(),
    position: z.int().nullable(),
    createdAt: instant,
    allowedActions: z.array(z.enum(['accept', 'decline', 'withdraw'])),
  })
  .meta({ id: 'LotteryEntry' });

/** What of an entry everybody may know: cells and times in UTC, and the uses they are for. */
export const wishSchema = z.object({
  cells: z.array(z.object({ cellId: z.string(), from: z.string(), until: z.string() })),
  uses: z.array(
    z.object({
      configurationId: z.string(),
      date: writtenSchema<LocalDay>(),
      band: z.string(),
      phase: z.string(),
    }),
  ),
});

export const drawResultSchema = z.object({
  won: z.array(z.int()),
  lost: z.array(z.object({ number: z.int(), lostTo: z.int().nullable(), position: z.int() })),
  blocked: z.array(z.int()),
});
