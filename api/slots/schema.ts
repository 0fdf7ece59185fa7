import { z } from 'zod';
import { localDaySchema } from '../shared/time.ts';
import { roomCodeSchema } from '../rooms/schema.ts';
import { venueCodeSchema, venueSlotSchema } from '../venues/schema.ts';

export const availabilityQuerySchema = z.object({
  venue: venueCodeSchema,
  room: roomCodeSchema.optional(),
  from: localDaySchema.optional(),
  to: localDaySchema.optional(),
});
export type AvailabilityQuery = z.infer<typeof availabilityQuerySchema>;

const named = { nameJa: z.string(), nameEn: z.string() };

export const availabilitySchema = z
  .object({
    venue: z.object({ id: z.string(), ...named }),
    from: z.string(),
    to: z.string(),
    bookableUntil: z
      .string()
      .meta({ description: 'The last day that can be booked, or entered for, as of now' }),
    slots: z.array(venueSlotSchema),
    rooms: z.array(z.object({ id: z.string(), code: z.string(), ...named })),
    configurations: z.array(
      z.object({
        id: z.string(),
        roomId: z.string(),
        code: z.string(),
        ...named,
        opensMonthsBefore: z.number(),
      }),
    ),
    days: z.array(
      z.object({
        date: z.string(),
        weekday: z.number().meta({ description: '1 Monday … 7 Sunday' }),
        isHoliday: z.boolean(),
        holidayNameJa: z.string().optional(),
        holidayNameEn: z.string().optional(),
        isClosed: z.boolean(),
        isPast: z.boolean(),
      }),
    ),
    states: z.array(
      z.object({
        configurationId: z.string(),
        date: z.string(),
        slot: z.string(),
        state: z.enum(['free', 'held', 'taken', 'closed', 'not_open_yet']),
        reason: z
          .enum([
            'annual',
            'maintenance',
            'emergency',
            'block',
            'past',
            'deadline',
            'lottery',
            'buffer',
          ])
          .optional()
          .meta({
            description:
              '`deadline`: nothing stands there, but it is too late to apply; the desk of the venue may still take it',
          }),
        opensOn: z.string().optional(),
        lotteryId: z.string().optional(),
        isPast: z.literal(true).optional(),
      }),
    ),
  })
  .meta({ id: 'Availability' });
