import type { FeeOfClass } from './kept.ts';

/**
 * What a change takes off, per class of rooms; where one class falls and another rises, together no
 * more than the whole falls by.
 */
export const feesTakenOff = (
  before: readonly FeeOfClass[],
  after: readonly FeeOfClass[],
): FeeOfClass[] => {
  const yenAfter = (fee: FeeOfClass) =>
    after.find(({ roomClass }) => roomClass === fee.roomClass)?.feeYen ?? 0;
  const sum = (fees: readonly FeeOfClass[]) => fees.reduce((yen, { feeYen }) => yen + feeYen, 0);
  let left = Math.max(0, sum(before) - sum(after));
  const fallen: FeeOfClass[] = [];
  for (const fee of before) {
    const feeYen = Math.min(left, Math.max(0, fee.feeYen - yenAfter(fee)));
    left -= feeYen;
    if (feeYen > 0) fallen.push({ ...fee, feeYen });
  }
  return fallen;
};
