import type { Context } from '../../context.ts';
import { dayOf, wallClock, type LocalDay } from '../../shared/time.ts';
import { totalsOf } from '../rules/closing.ts';
import { findBalancesBefore, findClosedUntil } from '../store/closings.ts';
import { listEvents, listSums } from '../store/events.ts';
import { findBooks, readers } from './access.ts';

/** Every fact of a day as the books have it, its sums, and the balances before and after. */
export const viewDaybook = async (
  context: Context,
  { venue, on }: { venue: string; on?: LocalDay | undefined },
) => {
  const { venueId, zone } = await findBooks(context, venue, readers);
  const day = on ?? dayOf(context.now(), zone);
  const db = context.database.db;
  const period = { from: day, to: day };
  const [events, sums, opening, closedUntil] = await Promise.all([
    listEvents(db, venueId, period),
    listSums(db, venueId, period),
    findBalancesBefore(db, venueId, day),
    findClosedUntil(db, venueId),
  ]);
  return {
    venue: venueId,
    on: day,
    isClosed: closedUntil !== null && day <= closedUntil,
    entries: events.map((event) => ({
      id: event.id,
      kind: event.kind,
      method: event.shownMethod,
      isPot: event.isPot,
      amountYen: event.amountYen,
      happenedAt: event.happenedAt,
      billingAccountId: event.billingAccountId,
      number: event.number,
      title: event.title,
      organizationName: event.organizationName,
      payerName: event.payerName,
      by: event.by,
    })),
    totals: totalsOf(
      opening,
      sums.map(({ bookedOn: _day, ...sum }) => sum),
    ),
  };
};

export type Daybook = Awaited<ReturnType<typeof viewDaybook>>;

const kindWords: Readonly<Record<Daybook['entries'][number]['kind'], string>> = {
  charged: '請求',
  charge_reduced: '請求の減額',
  charge_reversed: '請求の取消',
  rebated: '値引き',
  written_off: '不納欠損',
  received: '入金',
  allocated: '充当',
  returned: '還付',
  return_bounced: '還付の組戻し',
  dispute_withdrawn: '異議による引落し',
  dispute_reinstated: '異議による引落しの戻り',
};

/** The day book as a table: what is owed grows with positive sums, as in the ledger. */
export const daybookTable = ({ on, entries }: Daybook): (string | number)[][] => [
  [
    '計上日',
    '発生日時',
    '種別',
    '方法',
    '未消込',
    '予約番号',
    '件名',
    '団体',
    '入金者',
    '金額',
    '担当',
  ],
  ...entries.map((entry) => [
    on,
    wallClock(entry.happenedAt),
    kindWords[entry.kind],
    entry.method ?? '',
    entry.isPot ? '未消込' : '',
    entry.number ?? '',
    entry.title ?? '',
    entry.organizationName ?? '',
    entry.payerName ?? '',
    entry.amountYen,
    entry.by ?? '',
  ]),
];
