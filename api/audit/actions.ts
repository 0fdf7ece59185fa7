import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { insertAuditEntry } from './store.ts';

/** Writes who did what to which object, in the transaction of the deed itself. */
export const recordAudit = async (
  tx: Transaction,
  context: Context,
  entry: { action: string; subjectId: string; before?: unknown; after?: unknown },
): Promise<void> => {
  await insertAuditEntry(tx, {
    id: context.newId('audit_entry'),
    happenedAt: context.now(),
    actor: context.actor,
    requestId: context.requestId || null,
    ...entry,
  });
};

export { listEntriesBySubject } from './store.ts';
