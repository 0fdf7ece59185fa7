import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import { lockBillingAccount, findVisibleBillingAccount } from '../../billing_accounts/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import { findDues } from '../../payments/actions/dues.ts';
import { hasRole, isConcerned } from '../../shared/actor.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf } from '../../shared/time.ts';
import { receivableErrors } from '../errors.ts';
import {
  insertPause,
  listDunningLevels,
  listDunningsByBillingAccounts,
  listLivePauses,
  savePauseEnded,
} from '../store.ts';

const isInCharge = ({ actor }: Context, { venueId }: BillingAccount) =>
  hasRole(actor, venueId, ['finance', 'manager']);

/** Locked, for who may decide about its debt. */
export const findAccountInCharge = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
): Promise<BillingAccount> => {
  const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
  if (!isConcerned(context.actor, billingAccount)) {
    throw context.subjects[billingAccount.subjectKind].unknown();
  }
  if (!isInCharge(context, billingAccount)) throw accountErrors.forbidden();
  return billingAccount;
};

/** What is due for an account, what was sent about it, and whether dunning is held back. */
export const viewDebt = async (context: Context, billingAccountId: string) => {
  const billingAccount = await findVisibleBillingAccount(context, billingAccountId);
  const db = context.database.db;
  const [open, levels, sent, pauses] = await Promise.all([
    findDues(db, billingAccountId),
    listDunningLevels(db, billingAccount.venueId),
    listDunningsByBillingAccounts(db, [billingAccountId]),
    listLivePauses(db, [billingAccountId]),
  ]);
  const today = dayOf(context.now());
  const dues = open.map(({ dueOn, openYen }) => ({ dueOn, openYen, isOverdue: dueOn < today }));
  const isStaff = context.actor.kind === 'staff';
  const [pause] = pauses;
  return {
    billingAccountId,
    overdueYen: sumYen(dues.filter(({ isOverdue }) => isOverdue).map(({ openYen }) => openYen)),
    dues,
    dunnings: sent.map(({ id, level, dueOn, overdueYen, sentAt, sentByName }) => ({
      id,
      level,
      nameJa: levels.find((one) => one.level === level)?.nameJa ?? '',
      nameEn: levels.find((one) => one.level === level)?.nameEn ?? '',
      dueOn,
      overdueYen,
      sentAt,
      sentByName: isStaff ? sentByName : null,
    })),
    levels: levels.map(
      ({ level, daysAfterDue, yenLeast, nameJa, nameEn, publication, source }) => ({
        level,
        daysAfterDue,
        yenLeast,
        nameJa,
        nameEn,
        publication,
        source,
      }),
    ),
    pause:
      isStaff && pause
        ? { reason: pause.reason, pausedAt: pause.pausedAt, pausedByName: pause.pausedByName }
        : null,
    mayDun: isInCharge(context, billingAccount),
  };
};

/** No dunning of an account until a person resumes it; a pause that stands gets no second one. */
export const pauseDunning = (
  context: Context,
  billingAccountId: string,
  reason: string,
): Promise<void> =>
  context.transact(async (tx) => {
    await findAccountInCharge(tx, context, billingAccountId);
    const { actor } = context;
    if (!('accountId' in actor)) throw accountErrors.forbidden();
    const [live] = await listLivePauses(tx, [billingAccountId]);
    if (live) throw receivableErrors.dunning_paused();
    const pause = {
      id: context.newId('dunning_pause'),
      billingAccountId,
      reason,
      pausedByAccountId: actor.accountId,
      pausedAt: context.now(),
    };
    await insertPause(tx, pause);
    await recordAudit(tx, context, {
      action: 'receivables.pause_dunning',
      subjectId: billingAccountId,
      after: pause,
    });
  });

export const resumeDunning = (context: Context, billingAccountId: string): Promise<void> =>
  context.transact(async (tx) => {
    await findAccountInCharge(tx, context, billingAccountId);
    const [live] = await listLivePauses(tx, [billingAccountId]);
    if (!live) throw receivableErrors.not_paused();
    const { actor } = context;
    const ended = {
      resumedByAccountId: 'accountId' in actor ? actor.accountId : null,
      resumedAt: context.now(),
    };
    await savePauseEnded(tx, live.id, ended);
    await recordAudit(tx, context, {
      action: 'receivables.resume_dunning',
      subjectId: billingAccountId,
      before: live,
      after: { ...live, ...ended },
    });
  });
