import type { Context } from '../../context.ts';
import { findInvoiceWithLines } from '../../invoices/actions.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import type { OrganizationId, VenueId } from '../../shared/ids.ts';
import type { LocalDay } from '../../shared/time.ts';
import { combinedInvoiceOf } from '../rules/combined.ts';
import { combinedMail } from '../rules/mails.ts';
import { listNumbersByCause } from '../store/documents.ts';
import { listBankAccounts } from '../store/facts.ts';
import { headedSubjectOf, keepPaper } from './issue.ts';

/** The paper of a combined invoice; the invoices of its single charges say that it holds instead. */
export const issueCombinedInvoice = (context: Context, invoiceId: string): Promise<void> =>
  context.transact(async (tx) => {
    const { invoice, lines } = await findInvoiceWithLines(tx, invoiceId);
    const owner = {
      venueId: invoice.venueId as VenueId,
      organizationId: invoice.organizationId as OrganizationId,
    };
    const subject = await headedSubjectOf(tx, context, owner);
    const accounts = await listBankAccounts(tx, owner.venueId);
    const replaces = await listNumbersByCause(
      tx,
      lines.map(({ chargeId }) => `invoice:${chargeId}`),
    );
    const { totalYen, taxes } = invoice;
    const dueOn = invoice.dueOn as LocalDay;
    const combined = { totalYen, taxes, dueOn, lines, accounts, replaces };
    const paper = await keepPaper(tx, context, {
      kind: 'invoice',
      cause: `combined_invoice:${invoiceId}`,
      owner,
      bookingId: null,
      bookingIds: [...new Set(lines.map(({ billingAccountId }) => billingAccountId))],
      compose: (issue) => combinedInvoiceOf(subject, issue, combined),
    });
    if (!paper) return;
    await writeLetter(tx, context, await findRecipient(tx, owner.organizationId), {
      topic: 'documents.issued',
      write: (reader) => combinedMail(paper, lines.length, reader),
    });
  });
