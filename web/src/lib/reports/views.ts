import type { z } from 'zod';
import type {
  boardSchema,
  countedSchema,
  occupancyReportSchema,
  todaySchema,
} from '#api/reports/schema.ts';

export type Today = z.infer<typeof todaySchema>;
export type TodayUse = Today['uses'][number];
type BoardAnswer = z.infer<typeof boardSchema>;

export type Board = Omit<BoardAnswer, 'slots'> & {
  readonly slots: Readonly<BoardAnswer['slots']>;
};
export type BoardEntry = BoardAnswer['rooms'][number]['cells'][number]['slots'][number];
export type OccupancyReport = z.infer<typeof occupancyReportSchema>;
export type Counted = z.infer<typeof countedSchema>;
export type OccupancyRow = OccupancyReport['rows'][number];
