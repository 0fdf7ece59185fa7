import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import type { Context } from '../../context.ts';
import { listStandingCharges } from '../../payments/actions/dues.ts';
import { partsPaidOff } from '../../payments/rules/ledger.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf, type LocalDay } from '../../shared/time.ts';
import { ageOf, openYenOf, overdueYenOf, sumAges, type Age } from '../rules/ageing.ts';
import type { ListReceivables } from '../schema.ts';
import {
  listDunningsByBillingAccounts,
  listLivePauses,
  listUnevenAccounts,
  type DebtFilter,
} from '../store.ts';

/** The venues whose debts the actor decides about, of all or of one. */
export const venuesInCharge = ({ actor }: Context, venue?: string): string[] => {
  const held = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const wanted = venue === undefined ? held : held.filter((id) => id === venue);
  const inCharge = wanted.filter((id) => hasRole(actor, id as VenueId, ['finance', 'manager']));
  if (!hasAnyRole(actor) || inCharge.length === 0) throw accountErrors.forbidden();
  return inCharge;
};

const withSums = (age: Age) => ({
  ...age,
  overdueYen: overdueYenOf(age),
  openYen: openYenOf(age),
});

const listDebts = async ({ reads }: Context, filter: DebtFilter, on: LocalDay) => {
  const uneven = await listUnevenAccounts(reads, filter);
  const owing = uneven.filter(({ balanceYen }) => balanceYen > 0);
  const ids = owing.map(({ billingAccountId }) => billingAccountId);
  const [charges, sent, pauses] = await Promise.all([
    listStandingCharges(reads, ids, filter.bookedUntil),
    listDunningsByBillingAccounts(reads, ids),
    listLivePauses(reads, ids),
  ]);
  const debts = owing.map(({ balanceYen, ...billingAccount }) => {
    const own = charges.filter(
      ({ billingAccountId }) => billingAccountId === billingAccount.billingAccountId,
    );
    const dues = partsPaidOff(own, balanceYen).filter(({ openYen }) => openYen > 0);
    const levels = sent
      .filter(({ billingAccountId }) => billingAccountId === billingAccount.billingAccountId)
      .map(({ level }) => level);
    return {
      ...billingAccount,
      oldestDueOn: dues[0]!.dueOn,
      ...withSums(ageOf(dues, on)),
      dunningLevel: levels.length > 0 ? Math.max(...levels) : null,
      isDunningPaused: pauses.some(
        ({ billingAccountId }) => billingAccountId === billingAccount.billingAccountId,
      ),
    };
  });
  const overpaidYen = -sumYen(uneven.map(({ balanceYen }) => Math.min(0, balanceYen)));
  return { debts, overpaidYen };
};

/**
 * What is owed by how long it is overdue on a day; for a day that is over, as its books say. Open less
 * overpaid is the sum of all balances.
 */
export const listReceivables = async (context: Context, asked: ListReceivables) => {
  const venueIds = venuesInCharge(context, asked.venue);
  const today = dayOf(context.now());
  const on = asked.on ?? today;
  const bookedUntil = on < today ? on : undefined;
  const filter = { venueIds, organizationId: asked.organization, bookedUntil };
  const { debts, overpaidYen } = await listDebts(context, filter, on);
  const receivables = debts.toSorted(
    (one, other) =>
      one.oldestDueOn.localeCompare(other.oldestDueOn) || one.number.localeCompare(other.number),
  );
  return { on, totals: { ...withSums(sumAges(debts)), overpaidYen }, receivables };
};
