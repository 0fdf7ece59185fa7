import type { z } from 'zod';
import type {
  changePreviewSchema,
  plannedDateSchema,
  seriesPreviewSchema,
  seriesSchema,
  seriesSummarySchema,
} from '#api/series/schema.ts';

export type SeriesPreview = z.infer<typeof seriesPreviewSchema>;
export type PlannedDate = z.infer<typeof plannedDateSchema>;
export type ChangePreview = z.infer<typeof changePreviewSchema>;
export type SeriesView = z.infer<typeof seriesSchema>;
export type SeriesDateView = SeriesView['dates'][number];
export type SeriesSummary = z.infer<typeof seriesSummarySchema>;

/** What of a date is needed to choose for it. */
export type ChoosableDate = Pick<
  PlannedDate,
  'date' | 'state' | 'isHoliday' | 'blocks' | 'alternatives'
>;
