import type { z } from 'zod';
import type { settlementSchema } from '#api/settlements/schema.ts';

type Shape = z.infer<typeof settlementSchema>;

export type SettlementView = Omit<Shape, 'lines'> & {
  readonly lines: readonly Readonly<Shape['lines'][number]>[];
};
