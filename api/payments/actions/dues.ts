import type { Queryable } from '#db/client.server.ts';
import { partsPaidOff, type Due } from '../rules/ledger.ts';
import { listStandingCharges } from '../store/instalments.ts';
import { findBalance } from '../store/ledger.ts';

/** Every part of what is owed for an account with what of it is still open, earliest day first. */
export const listParts = async (db: Queryable, billingAccountId: string): Promise<Due[]> => {
  const [charges, { owedYen }] = await Promise.all([
    listStandingCharges(db, [billingAccountId]),
    findBalance(db, billingAccountId),
  ]);
  return partsPaidOff(charges, owedYen);
};

/** What is still to be paid for an account and by when, earliest first. */
export const findDues = async (db: Queryable, billingAccountId: string): Promise<Due[]> =>
  (await listParts(db, billingAccountId)).filter(({ openYen }) => openYen > 0);

export { listStandingCharges } from '../store/instalments.ts';
