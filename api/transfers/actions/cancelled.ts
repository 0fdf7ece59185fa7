import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findPaymentForUpdate, recordMoneyEvent } from '../../payments/actions/ledger.ts';
import { correctedOf } from '../rules/line.ts';
import {
  findOptionalCancelled,
  listCorrectable,
  listUnpaired,
  saveCancels,
} from '../store/imports.ts';
import { findLine, type ShownLine } from '../store/lines.ts';

/** Out of the pot without a refund, or back into it. */
export const moveOutOfPot = async (
  tx: Transaction,
  context: Context,
  { line, venueId }: ShownLine,
  { amountYen, cause }: { amountYen: number; cause: string },
): Promise<void> => {
  await recordMoneyEvent(tx, context, {
    venueId,
    paymentId: line.paymentId,
    kind: amountYen > 0 ? 'returned' : 'return_bounced',
    amountYen,
    cause,
  });
};

/**
 * Records that the bank took an entry back. Money that pays for something by now stays where it is
 * until a person has freed it.
 */
export const takeBackByBank = async (
  tx: Transaction,
  context: Context,
  lineId: string,
): Promise<boolean> => {
  const { line } = await findLine(tx, lineId);
  await findPaymentForUpdate(tx, line.paymentId!);
  const shown = await findLine(tx, lineId);
  if (!shown.isTakenBack || shown.leftYen < line.amountYen) return false;
  const cause = `bank_cancelled:${line.lineKey}`;
  await moveOutOfPot(tx, context, shown, { amountYen: line.amountYen, cause });
  await recordAudit(tx, context, { action: 'transfers.take_back', subjectId: lineId, after: line });
  return true;
};

/** Finds what cancelled entries cancel, in this file or an earlier one, and takes it back. */
export const settleCancelled = async (
  tx: Transaction,
  context: Context,
  bankAccountIds: readonly string[],
): Promise<void> => {
  if (bankAccountIds.length === 0) return;
  for (const { line, fileKind } of await listUnpaired(tx, bankAccountIds)) {
    const cancelled =
      fileKind === 'account_statement'
        ? correctedOf(line, await listCorrectable(tx, line))
        : await findOptionalCancelled(tx, line);
    if (!cancelled) continue;
    await saveCancels(tx, line.id, cancelled.id);
    await takeBackByBank(tx, context, cancelled.id);
  }
};
