import { z } from 'zod';
import { admissionMaxYenSchema, customerClassSchema, phaseSchema } from '../fees/schema.ts';
import {
  layoutSchema,
  roomClassSchema,
  roomCodeSchema,
  roomFeatureSchema,
} from '../rooms/schema.ts';
import { codeSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';
import { publicationSchema, venueCodeSchema } from '../venues/schema.ts';
import { preparations } from './rules/pattern.ts';
import { wholeNumberSchema } from '../shared/typed.ts';

export const daysMost = 31;
export const peopleMost = 100_000;
export const roomsMost = 20;
export const windowDaysMost = 366;
/** Rooms times days of one search: five rooms over a year, twenty over a season. */
export const roomDaysMost = 2_000;
const needsMost = 8;
const plansMost = 40;

const countSchema = (most: number) => wholeNumberSchema(most, 1);
const bandSchema = codeSchema(40);

const needSchema = z.object({
  people: countSchema(peopleMost).optional(),
  layout: layoutSchema.optional().meta({ description: 'Short for `layouts` with one entry' }),
  layouts: z.array(layoutSchema).max(6).default([]).meta({ description: 'Any of these will do' }),
  count: countSchema(roomsMost).default(1),
  roomClass: roomClassSchema.optional(),
  features: z.array(roomFeatureSchema).max(8).default([]),
  hasSetup: z.boolean().default(true),
});

export const preparationSchema = z.enum(preparations);

export const askPlansSchema = z
  .object({
    venues: z.array(venueCodeSchema).max(20).optional(),
    from: localDaySchema,
    to: localDaySchema.optional().meta({ description: 'The last day the event may use' }),
    wantedOn: localDaySchema
      .optional()
      .meta({ description: 'The first day liked best; without it every day is as good' }),
    days: countSchema(daysMost).default(1),
    band: bandSchema.default('all_day').meta({ description: 'Of each day of the event' }),
    setup: preparationSchema.default('none'),
    teardown: preparationSchema.default('none'),
    needs: z.array(needSchema).min(1).max(needsMost),
    features: z
      .array(roomFeatureSchema)
      .max(8)
      .default([])
      .meta({ description: 'What every room must offer, such as wheelchair access' }),
    maxPlans: countSchema(plansMost).default(10),
    admissionMaxYen: admissionMaxYenSchema.default(0),
    isCommercial: z.boolean().default(false),
    customerClass: customerClassSchema.default('standard'),
  })
  .meta({
    id: 'AskPlans',
    example: {
      venues: ['big-palette'],
      from: '2027-02-01',
      to: '2027-02-28',
      needs: [{ people: 300, layout: 'theatre' }],
    },
  });
export type AskPlans = z.infer<typeof askPlansSchema>;
/** As callers write it: what has a usual value may be left out. */
export type WishPlans = z.input<typeof askPlansSchema>;

const placeWishSchema = z.object({
  configuration: roomCodeSchema.meta({ description: 'The full id of a configuration' }),
  date: localDaySchema,
  band: bandSchema,
  layout: layoutSchema.optional(),
  attendance: countSchema(peopleMost).optional(),
});

export const askPlacesSchema = z.object({ uses: z.array(placeWishSchema).min(1).max(200) }).meta({
  example: {
    uses: [{ configuration: 'big-palette.exhibition-hall.a', date: '2027-02-14', band: 'daytime' }],
  },
});
export type AskPlaces = z.infer<typeof askPlacesSchema>;

const named = { nameJa: z.string(), nameEn: z.string() };
const sentence = { ja: z.string(), en: z.string() };

const partSchema = z.object({
  venueId: z.string(),
  venueNameJa: z.string(),
  venueNameEn: z.string(),
  roomId: z.string(),
  roomCode: z.string(),
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  configurationId: z.string(),
  configurationCode: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
  isDivisible: z.boolean(),
  floor: z.string().nullable(),
});

const seatSchema = z.object({
  layout: layoutSchema,
  capacity: z.int(),
  publication: publicationSchema,
});

const planUseSchema = z.object({
  date: z.string(),
  band: z.string(),
  phase: phaseSchema,
  configuration: z.string(),
  layout: layoutSchema,
});

const planRoomSchema = partSchema.extend({
  needIndex: z.int(),
  people: z.int().nullable(),
  seat: seatSchema,
  cellIds: z.array(z.string()),
  unsureFeatures: z
    .array(roomFeatureSchema)
    .meta({ description: 'Asked for and not confirmed by what the operator publishes' }),
  uses: z.array(planUseSchema),
});

const planSchema = z.object({
  venue: z.object({ id: z.string(), ...named }),
  startsOn: z.string(),
  endsOn: z.string(),
  otherStarts: z.array(z.string()),
  rooms: z.array(planRoomSchema),
  quote: z
    .object({ totalYen: z.int(), taxYen: z.int(), isProvisional: z.boolean() })
    .nullable()
    .meta({ description: 'null where a price is not set; `/api/quotes` tells it line by line' }),
});

export const reasonCodes = [
  'taken',
  'held',
  'other_part',
  'buffer',
  'closed',
  'not_open_yet',
  'too_late',
  'past',
  'capacity_unknown',
  'too_small',
  'no_such_layout',
  'no_feature',
  'other_class',
  'runs_too_long',
] as const;

const blockSchema = z.object({
  code: z.enum(reasonCodes),
  closureKind: z.enum(['annual', 'maintenance', 'emergency', 'block']).optional(),
  opensOn: z.string().optional(),
  ...sentence,
});

export const proposalsSchema = z
  .object({
    plans: z.array(
      planSchema.extend({
        score: z.int(),
        reasons: z.array(z.object({ code: z.string(), pointsLost: z.int(), ...sentence })),
      }),
    ),
    planCount: z.int().meta({ description: 'How many different choices of rooms there are' }),
    notChosen: z.array(
      partSchema.extend({
        ...blockSchema.shape,
        days: z.array(z.string()),
        phase: z.enum(['event', 'setup', 'teardown']).nullable(),
        fact: z.object(sentence).meta({ description: 'The sentence without its days' }),
      }),
    ),
    hasMoreNotChosen: z.boolean().meta({ description: 'Of very many rooms some are left out' }),
    alternatives: z.array(
      planSchema.extend({
        change: z.enum(['other_days', 'other_band', 'without_setup', 'other_venue', 'split']),
        ...sentence,
      }),
    ),
  })
  .meta({ id: 'Proposals' });

export const placeSchema = partSchema.extend({
  kind: z.enum(['other_slot', 'other_day', 'other_part', 'other_venue']),
  date: z.string(),
  band: z.string(),
  seat: seatSchema.nullable(),
  feeYen: z.int().nullable(),
  isProvisional: z.boolean(),
  differenceYen: z.int().nullable(),
});

export const placesSchema = z
  .object({
    uses: z.array(
      z.object({
        position: z.int(),
        configurationId: z.string(),
        date: z.string(),
        band: z.string(),
        block: blockSchema.nullable().meta({ description: 'null where it is free' }),
        places: z.array(placeSchema),
      }),
    ),
  })
  .meta({ id: 'Places' });
