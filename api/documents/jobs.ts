import { z } from 'zod';
import type { Context } from '../context.ts';
import { issuePapers, issueReceipt, issueRefusal } from './actions.ts';

const ofBooking = z.object({ bookingId: z.string() });
const ofAttempt = z.object({ attemptId: z.string() });

export const documentsJobs = {
  'documents.issue_papers': (context: Context, payload: unknown) =>
    issuePapers(context, ofBooking.parse(payload).bookingId),
  'documents.issue_refusal': (context: Context, payload: unknown) =>
    issueRefusal(context, ofBooking.parse(payload).bookingId),
  'documents.issue_receipt': (context: Context, payload: unknown) =>
    issueReceipt(context, ofAttempt.parse(payload).attemptId),
};
