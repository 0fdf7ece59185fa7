import type { Context } from '../../context.ts';
import { sumYen } from '../../shared/money.ts';
import { orThrow } from '../../shared/result.ts';
import { checkPeriod, type Period } from '../rules/closing.ts';
import { revenueOf, revenueDefinition } from '../rules/revenue.ts';
import {
  listMoneyFacts,
  listReductionCosts,
  listRevenueFacts,
  listRoomNames,
} from '../store/revenue.ts';
import { findBooks, reporters } from './access.ts';

/** Charged less taken back between two days of the books, and what reductions have cost. */
export const viewRevenue = async (
  context: Context,
  { venue, ...asked }: Period & { venue: string },
) => {
  const { venueId } = await findBooks(context, venue, reporters);
  const period = orThrow(checkPeriod(asked));
  const db = context.reads;
  const [facts, money, rooms, reductions] = await Promise.all([
    listRevenueFacts(db, venueId, period),
    listMoneyFacts(db, venueId, period),
    listRoomNames(db, venueId),
    listReductionCosts(db, venueId, period),
  ]);
  const { totals, ...report } = revenueOf(facts, money, rooms);
  const reducedYen = sumYen(reductions.map(({ costYen }) => costYen));
  return {
    venue: venueId,
    from: period.from,
    to: period.to,
    ...revenueDefinition,
    totals: { ...totals, reducedYen },
    ...report,
    reductions,
  };
};
