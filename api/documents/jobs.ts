import { z } from 'zod';
import { billingAccountPayload } from '../billing_accounts/schema.ts';
import type { Context } from '../context.ts';
import { issueChangedPapers, issuePapers, issueRefusal } from './actions/approval.ts';
import { issueCombinedInvoice } from './actions/combined.ts';
import {
  issueCancelledPapers,
  issueCreditNote,
  issueRefundCredit,
  issueSettlement,
} from './actions/credits.ts';
import { issueDunningLetter } from './actions/notices.ts';
import { issueAllocationReceipt, issueReceipt } from './actions/receipts.ts';
import { noteRefusal } from './actions/refusals.ts';

const ofBooking = z.object({ bookingId: z.string() });
const ofVersion = z.object({ bookingId: z.string(), version: z.int() });
const ofAllocation = z.object({ allocationId: z.string() });
const ofAttempt = z.object({ attemptId: z.string() });

const ofRefund = z.object({ refundId: z.string() });
const ofDunning = z.object({ dunningId: z.string() });
const ofInvoice = z.object({ invoiceId: z.string() });

type Job = (context: Context, payload: unknown) => Promise<void>;

const jobs = {
  'documents.issue_papers': (context: Context, payload: unknown) =>
    issuePapers(context, ofBooking.parse(payload).bookingId),
  'documents.issue_changed_papers': (context: Context, payload: unknown) =>
    issueChangedPapers(context, ofVersion.parse(payload)),
  'documents.issue_refusal': (context: Context, payload: unknown) =>
    issueRefusal(context, ofBooking.parse(payload).bookingId),
  'documents.issue_receipt': (context: Context, payload: unknown) =>
    issueReceipt(context, ofAttempt.parse(payload).attemptId),
  'documents.issue_allocation_receipt': (context: Context, payload: unknown) =>
    issueAllocationReceipt(context, ofAllocation.parse(payload).allocationId),
  'documents.issue_settlement': (context: Context, payload: unknown) =>
    issueSettlement(context, ofBooking.parse(payload).bookingId),
  'documents.issue_cancelled_papers': (context: Context, payload: unknown) =>
    issueCancelledPapers(context, ofBooking.parse(payload).bookingId),
  'documents.issue_credit_note': (context: Context, payload: unknown) =>
    issueCreditNote(context, billingAccountPayload.parse(payload).billingAccountId),
  'documents.issue_refund_credit': (context: Context, payload: unknown) =>
    issueRefundCredit(context, ofRefund.parse(payload).refundId),
  'documents.issue_dunning_letter': (context: Context, payload: unknown) =>
    issueDunningLetter(context, ofDunning.parse(payload).dunningId),
  'documents.issue_combined_invoice': (context: Context, payload: unknown) =>
    issueCombinedInvoice(context, ofInvoice.parse(payload).invoiceId),
};

type DocumentsJobs = typeof jobs;

/** Nobody watches a job: what it could not print is written into the history of what the paper is about. */
export const documentsJobs = Object.fromEntries(
  Object.entries<Job>(jobs).map(([task, job]) => [
    task,
    async (context: Context, payload: unknown) => {
      try {
        await job(context, payload);
      } catch (error) {
        await noteRefusal(context, error);
        throw error;
      }
    },
  ]),
) as DocumentsJobs;
