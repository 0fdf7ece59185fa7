import { ages, type Age } from './ageing.ts';

const heads = [
  '予約番号',
  '利用者',
  '催事名',
  '施設',
  '最も古い納入期限',
  '期限前(円)',
  '1–30日(円)',
  '31–60日(円)',
  '61–90日(円)',
  '90日超(円)',
  '合計(円)',
];

interface Listed {
  readonly on: string;
  readonly totals: Age & { readonly openYen: number };
  readonly receivables: readonly (Age & {
    readonly number: string;
    readonly organizationName: string;
    readonly title: string;
    readonly venueId: string;
    readonly oldestDueOn: string;
    readonly openYen: number;
  })[];
}

const amountsOf = (age: Listed['totals']) => [...ages.map((name) => age[name]), age.openYen];

/** The list as a table for a spreadsheet, the day it speaks of in its first line. */
export const receivablesTable = ({ on, totals, receivables }: Listed): (string | number)[][] => [
  ['基準日', on],
  heads,
  ...receivables.map((one) => [
    one.number,
    one.organizationName,
    one.title,
    one.venueId,
    one.oldestDueOn,
    ...amountsOf(one),
  ]),
  ['合計', '', '', '', '', ...amountsOf(totals)],
];
