import type { Queryable, Transaction } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { isConcerned } from '../shared/actor.ts';
import { idSchema, type BillingAccountId } from '../shared/ids.ts';
import { subjectKindOf, type BillingAccount, type SubjectKind } from './rules.ts';
import { findOptionalBillingAccount, findOptionalBillingAccountForUpdate } from './store.ts';

const known = (context: Context, id: string, found: BillingAccount | undefined): BillingAccount => {
  if (!found) throw context.subjects[subjectKindOf(id)].unknown();
  return found;
};

/** An id that cannot exist reads as one that does not. */
export const billingAccountIdOf = (
  context: Context,
  kind: SubjectKind,
  text: string,
): BillingAccountId => {
  const parsed = idSchema<BillingAccountId>(kind).safeParse(text);
  if (!parsed.success) throw context.subjects[kind].unknown();
  return parsed.data;
};

/** Where people see what is paid for: `/bookings/bkg_…`. */
export const subjectPage = (
  { subjects }: Context,
  { id, subjectKind }: Pick<BillingAccount, 'id' | 'subjectKind'>,
): string => subjects[subjectKind].pathOf(id);

export const findBillingAccount = async (
  db: Queryable,
  context: Context,
  id: string,
): Promise<BillingAccount> => known(context, id, await findOptionalBillingAccount(db, id));

/** The account with its row locked: its money moves in one transaction at a time, and so does its stage. */
export const lockBillingAccount = async (
  tx: Transaction,
  context: Context,
  id: string,
): Promise<BillingAccount> => known(context, id, await findOptionalBillingAccountForUpdate(tx, id));

/** An account the actor may know of; anything else reads as unknown. */
export const findVisibleBillingAccount = async (
  context: Context,
  id: string,
): Promise<BillingAccount> => {
  const found = await findOptionalBillingAccount(context.reads, id);
  return known(context, id, found && isConcerned(context.actor, found) ? found : undefined);
};
