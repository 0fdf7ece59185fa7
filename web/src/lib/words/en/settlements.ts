import type { settlementPages as Words } from '../ja/settlements.ts';

export const settlementPages: typeof Words = {
  title: 'Settlement',
  lead: 'After the event what was used beside the fee is settled: hours, equipment, utilities.',
  draft: 'Not settled yet: it is worked out again whenever actual use is entered.',
  settled: (when, who) => `Settled ${when} (${who}).`,
  kinds: { overtime: 'Out of hours', equipment: 'Equipment and services', utility: 'Utilities' },
  day: 'Day',
  item: 'Item',
  amount: 'Amount',
  total: 'Total, tax included',
  tax: (tax) => `of it consumption tax ${tax}`,
  none: 'There is nothing to settle beside the fee.',
  openEquipment: 'The actual use of some equipment is not entered yet.',
  openReadings: (count) => `${count} meter readings are not checked yet.`,
  settle: (amount) => `Settle at ${amount}`,
  settleSupport: 'Once settled it cannot be changed. The sum is added to what is owed.',
  done: 'The settlement has been made',
  money: 'To payment',
};
