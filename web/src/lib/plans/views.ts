import type { z } from 'zod';
import type { planSchema, runSheetSchema } from '#api/plans/schema.ts';

export type PlanView = z.infer<typeof planSchema>;
export type PlanItemView = PlanView['items'][number];
type RunSheetView = z.infer<typeof runSheetSchema>;
export type SheetRow = Omit<RunSheetView['entries'][number], 'changedFields'> & {
  readonly changedFields: readonly string[];
};
