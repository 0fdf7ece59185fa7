import { z } from 'zod';
import { oneLineSchema } from '../shared/text.ts';

export const fileKinds = ['floor_plan', 'notice', 'other'] as const;

export const uploadSchema = z.object({
  kind: z.enum(fileKinds),
  name: oneLineSchema(200),
});
export type Upload = z.infer<typeof uploadSchema>;

export const fileSchema = z
  .object({
    id: z.string(),
    kind: z.enum(fileKinds),
    name: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    uploadedByName: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'File' });
