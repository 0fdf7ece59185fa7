import { z } from 'zod';
import { publicationSchema } from '../venues/schema.ts';
import { codeSchema } from '../shared/text.ts';

export const layouts = [
  'theatre',
  'school',
  'round_table',
  'banquet',
  'meeting',
  'booths',
] as const;
export const layoutSchema = z.enum(layouts);
export type Layout = z.infer<typeof layoutSchema>;

export const roomClasses = ['exhibition', 'convention', 'hall', 'meeting', 'outdoor'] as const;
export const roomClassSchema = z.enum(roomClasses);
export type RoomClass = z.infer<typeof roomClassSchema>;

/** What a room offers, in words; `access` is what people need to get in and take part. */
export const roomFeatures = {
  screen: { kind: 'equipment', ja: '映写スクリーン', en: 'Projection screen' },
  hanging_battens: { kind: 'equipment', ja: '吊りバトン', en: 'Hanging battens' },
  power_panel: { kind: 'equipment', ja: '電源取出盤', en: 'Power distribution panel' },
  interpretation: { kind: 'equipment', ja: '同時通訳設備', en: 'Simultaneous interpretation' },
  column_free: { kind: 'equipment', ja: '柱のない平らな床', en: 'Column-free flat floor' },
  loading_doors: { kind: 'equipment', ja: '搬入口', en: 'Loading doors' },
  wheelchair: { kind: 'access', ja: '車椅子での利用', en: 'Wheelchair access' },
  accessible_toilet: { kind: 'access', ja: 'バリアフリートイレ', en: 'Accessible toilet' },
} as const satisfies Readonly<
  Record<string, { kind: 'equipment' | 'access'; ja: string; en: string }>
>;
export type RoomFeature = keyof typeof roomFeatures;
export const roomFeatureSchema = z.enum(Object.keys(roomFeatures) as [RoomFeature]);

export const ownerBodySchema = z.enum(['prefecture', 'city']);
export type OwnerBody = z.infer<typeof ownerBodySchema>;

/** Any short text: what names no room is answered as unknown, not as malformed. */
export const roomCodeSchema = codeSchema(120);

const cellSchema = z
  .object({
    id: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    planX: z.number(),
    planY: z.number(),
    planWidth: z.number(),
    planHeight: z.number(),
  })
  .meta({ id: 'Cell' });

const configurationSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    isWhole: z.boolean(),
    areaSqm: z.number().nullable(),
    areaPublication: publicationSchema,
    opensMonthsBefore: z.number(),
    publication: publicationSchema,
    source: z.string(),
    cellIds: z.array(z.string()),
    layouts: z.array(
      z.object({
        layout: layoutSchema,
        capacity: z.number(),
        publication: publicationSchema,
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'Configuration' });

export const roomSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    nameKana: z.string(),
    roomClass: roomClassSchema,
    ownerBody: ownerBodySchema,
    floor: z.string().nullable(),
    descriptionJa: z.string(),
    descriptionEn: z.string(),
    publication: publicationSchema,
    source: z.string(),
    cells: z.array(cellSchema),
    configurations: z.array(configurationSchema),
  })
  .meta({ id: 'Room' });

export type Cell = z.infer<typeof cellSchema>;
export type Configuration = z.infer<typeof configurationSchema>;
export type Room = z.infer<typeof roomSchema>;
