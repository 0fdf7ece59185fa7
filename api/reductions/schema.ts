import { z } from 'zod';
import { reductionGroundSchema } from '../policies/schema.ts';
import { applicationActs, applicationStateNames, applicationStates } from './rules.ts';
import { inLanguage, type Language } from '../shared/languages.ts';
import { choiceFilter, defineList, venueFilter, type Asked } from '../shared/lists.ts';
import { codeSchema, textSchema } from '../shared/text.ts';

export const applySchema = z.object({
  groundCode: codeSchema(60),
  explanation: textSchema(1_000),
});
export type Apply = z.infer<typeof applySchema>;

/** An empty reason is answered with the sentence that asks for one. */
export const decideSchema = z.object({ reason: textSchema(1_000, 0) });

export const applicationSchema = z
  .object({
    id: z.string(),
    bookingId: z.string(),
    bookingNumber: z.string(),
    bookingState: z.string(),
    title: z.string(),
    venueId: z.string(),
    organizationName: z.string(),
    groundCode: z.string(),
    groundNameJa: z.string().nullable(),
    groundNameEn: z.string().nullable(),
    reducedBp: z.int(),
    explanation: z.string(),
    state: z.enum(applicationStates),
    decisionReason: z.string().nullable(),
    decidedAt: z.string().nullable(),
    createdAt: z.string(),
    allowedActions: z.array(z.enum(applicationActs)),
  })
  .meta({ id: 'ReductionApplication' });

const state = { ja: '状態', en: 'State' };

const groundName = (row: z.infer<typeof applicationSchema>, language: Language) =>
  inLanguage({ ja: row.groundNameJa ?? row.groundCode, en: row.groundNameEn ?? '' }, language);

export const reductionList = defineList({
  path: '/api/reductions',
  row: applicationSchema,
  columns: [
    {
      name: 'createdAt',
      label: { ja: '申請日時', en: 'Applied' },
      format: 'instant',
      sort: 'createdAt',
    },
    { name: 'title', label: { ja: '催事・申込者', en: 'Event and organizer' }, isHead: true },
    { name: 'organizationName', label: { ja: '申込者', en: 'Organizer' }, under: 'title' },
    { name: 'bookingNumber', label: { ja: '予約番号', en: 'Number' }, under: 'title' },
    { name: 'ground', label: { ja: '事由', en: 'Ground' }, value: groundName },
    {
      name: 'rate',
      label: { ja: '割合', en: 'Rate' },
      value: ({ reducedBp }) => `${reducedBp / 100}%`,
    },
    {
      name: 'state',
      label: state,
      value: (row, language) => inLanguage(applicationStateNames[row.state], language),
    },
  ],
  filters: { venue: venueFilter(), state: choiceFilter(state, applicationStateNames) },
  sorts: { createdAt: 'instant' },
  firstSort: 'createdAt',
});
export type ListReductions = Asked<typeof reductionList>;

export const bookingReductionsSchema = z.object({
  /** Newest first. */
  applications: z.array(applicationSchema),
  grounds: z.array(reductionGroundSchema),
  canApply: z.boolean(),
  /** What the live application would make of the price. */
  preview: z.object({ oldTotalYen: z.int(), newTotalYen: z.int() }).nullable(),
});
