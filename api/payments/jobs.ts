import { z } from 'zod';
import { billingAccountPayload } from '../billing_accounts/schema.ts';
import type { Context } from '../context.ts';
import { cancelAttempt, sweepAttempts } from './actions/cancel.ts';
import { sweepDisputes } from './actions/disputes.ts';
import { applyStripeEvent } from './actions/events.ts';
import { remindOfVouchers } from './actions/remind.ts';
import { keepCashLeft, keepCashOfAccount, sweepCash } from './actions/transfer.ts';

const ofAttempt = z.object({ attemptId: z.string() });
const ofCustomer = z.object({ stripeCustomerId: z.string() });
const ofEvent = z.object({ eventId: z.string() });

export const paymentsJobs = {
  'payments.cancel_attempt': (context: Context, payload: unknown) =>
    cancelAttempt(context, ofAttempt.parse(payload).attemptId),
  'payments.apply_event': (context: Context, payload: unknown) =>
    applyStripeEvent(context, ofEvent.parse(payload).eventId),
  'payments.keep_cash_of_account': (context: Context, payload: unknown) =>
    keepCashOfAccount(context, billingAccountPayload.parse(payload).billingAccountId),
  'payments.keep_cash': (context: Context, payload: unknown) =>
    keepCashLeft(context, ofCustomer.parse(payload).stripeCustomerId),
  'payments.sweep_cash': (context: Context) => sweepCash(context),
  'payments.sweep_disputes': (context: Context) => sweepDisputes(context),
  'payments.remind': (context: Context) => remindOfVouchers(context),
  'payments.sweep': (context: Context) => sweepAttempts(context),
};
