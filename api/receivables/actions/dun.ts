import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { lockBillingAccount, subjectPage } from '../../billing_accounts/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { enqueue } from '../../outbox/actions.ts';
import { findDues } from '../../payments/actions/dues.ts';
import { listDisputedPayments } from '../../payments/actions/movements.ts';
import type { Due } from '../../payments/rules/ledger.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenue, listVenueRows } from '../../venues/actions.ts';
import { receivableErrors } from '../errors.ts';
import {
  causeOf,
  decideByHand,
  dueLevel,
  levelsWorthIt,
  type DunningLevel,
} from '../rules/dunning.ts';
import { dunningMail } from '../rules/mails.ts';
import {
  insertDunning,
  listDunningLevels,
  listDunningsByBillingAccounts,
  listLivePauses,
  listUnevenAccounts,
} from '../store.ts';
import { findAccountInCharge } from './debt.ts';

const sendMail = async (
  tx: Transaction,
  context: Context,
  { billingAccount, due, level }: { billingAccount: BillingAccount; due: Due; level: DunningLevel },
): Promise<void> => {
  const [organization, venue] = await Promise.all([
    findRecipient(tx, billingAccount.organizationId),
    findVenue(tx, billingAccount.venueId),
  ]);
  const { id, number, title } = billingAccount;
  const page = subjectPage(context, billingAccount);
  await writeLetter(tx, context, organization, {
    topic: 'receivables.dunned',
    subjectId: id,
    write: (reader) =>
      dunningMail(
        level,
        { number, title, page, venue, dueOn: due.dueOn, openYen: due.openYen },
        reader,
      ),
  });
};

/** Once for each level of each missed day, whoever sends it. */
const send = async (
  tx: Transaction,
  context: Context,
  sent: { billingAccount: BillingAccount; due: Due; level: DunningLevel },
): Promise<boolean> => {
  const { billingAccount, due, level } = sent;
  const { actor } = context;
  const dunning = {
    id: context.newId('dunning'),
    billingAccountId: billingAccount.id,
    chargeId: due.chargeId,
    level: level.level,
    dueOn: due.dueOn,
    overdueYen: due.openYen,
    cause: causeOf(due, level.level),
    sentAt: context.now(),
    sentByAccountId: 'accountId' in actor ? actor.accountId : null,
  };
  if (!(await insertDunning(tx, dunning))) return false;
  await sendMail(tx, context, sent);
  await recordAudit(tx, context, {
    action: 'receivables.dun',
    subjectId: billingAccount.id,
    after: dunning,
  });
  await enqueue(tx, { task: 'receivables.dunned', payload: { dunningId: dunning.id } });
  return true;
};

/** What a bank has taken back and not decided on may come again: nobody is asked for it meanwhile. */
const isDisputed = async (tx: Transaction, billingAccountId: string): Promise<boolean> =>
  (await listDisputedPayments(tx, { billingAccountId })).length > 0;

/** Read again under the lock of the account: what was paid meanwhile is not asked for. */
const dunAccount = (context: Context, billingAccountId: string): Promise<number> =>
  context.transact(async (tx) => {
    const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
    const [dues, levels, sent, pauses] = await Promise.all([
      findDues(tx, billingAccountId),
      listDunningLevels(tx, billingAccount.venueId),
      listDunningsByBillingAccounts(tx, [billingAccountId]),
      listLivePauses(tx, [billingAccountId]),
    ]);
    if (pauses.length > 0 || (await isDisputed(tx, billingAccountId))) return 0;
    const today = dayOf(context.now());
    const worthIt = levelsWorthIt(levels, dues);
    let count = 0;
    for (const due of dues) {
      const level = dueLevel(due, worthIt, sent, today);
      if (level && (await send(tx, context, { billingAccount, due, level }))) count += 1;
    }
    return count;
  });

/** Sends every reminder and dunning whose day has come. Nothing else follows from it by itself. */
export const dunOverdue = async (context: Context): Promise<{ sent: number }> => {
  const db = context.database.db;
  const venueIds = (await listVenueRows(db)).map(({ id }) => id);
  const uneven = await listUnevenAccounts(db, { venueIds });
  let sent = 0;
  for (const { billingAccountId, balanceYen } of uneven) {
    if (balanceYen > 0) sent += await dunAccount(context, billingAccountId);
  }
  return { sent };
};

/** The next level for the oldest missed day, sent by a person. */
export const dunByHand = (context: Context, billingAccountId: string): Promise<void> =>
  context.transact(async (tx) => {
    const billingAccount = await findAccountInCharge(tx, context, billingAccountId);
    const [dues, levels, sent, pauses] = await Promise.all([
      findDues(tx, billingAccountId),
      listDunningLevels(tx, billingAccount.venueId),
      listDunningsByBillingAccounts(tx, [billingAccountId]),
      listLivePauses(tx, [billingAccountId]),
    ]);
    if (pauses.length > 0) throw receivableErrors.dunning_paused();
    if (await isDisputed(tx, billingAccountId)) throw receivableErrors.disputed();
    const next = orThrow(decideByHand(dues, levels, sent, dayOf(context.now())));
    await send(tx, context, { billingAccount, ...next });
  });
