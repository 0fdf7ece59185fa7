import type Stripe from 'stripe';
import type { Context } from '../../context.ts';
import type { Attempt } from '../rules/attempt.ts';
import type { Yen } from '../../shared/money.ts';
import { asking, clientOf, commonOf, onceFor } from './stripe.ts';

interface Payer {
  readonly name: string;
  readonly email?: string;
}

/** A customer of its own for one billing account: with one payment open, Stripe has nothing to mistake. */
export const createCustomer = async (
  context: Context,
  attempt: Attempt,
  number: string,
  payer: Payer,
): Promise<string> => {
  const customer = await asking(
    clientOf(context).customers.create(
      {
        ...payer,
        description: number,
        metadata: { booking_id: attempt.billingAccountId, booking_number: number },
      },
      { idempotencyKey: `customer:${attempt.id}` },
    ),
  );
  return customer.id;
};

export const createTransferIntent = (
  context: Context,
  attempt: Attempt,
  number: string,
  { customerId, ...payer }: Payer & { readonly customerId: string },
): Promise<Stripe.PaymentIntent> =>
  asking(
    clientOf(context).paymentIntents.create(
      {
        ...commonOf(attempt, number),
        confirm: true,
        customer: customerId,
        allowed_payment_method_types: ['customer_balance'],
        payment_method_data: { type: 'customer_balance', billing_details: payer },
        payment_method_options: {
          customer_balance: {
            funding_type: 'bank_transfer',
            bank_transfer: { type: 'jp_bank_transfer', requested_address_types: ['zengin'] },
          },
        },
      },
      onceFor(attempt),
    ),
  );

/** Customers to whose account anything happened since then, whether or not we heard of it. */
export const listMovedCustomers = (context: Context, since: Date): Promise<string[]> => {
  const events = clientOf(context).events.list({
    type: 'customer_cash_balance_transaction.created',
    created: { gte: Math.floor(since.getTime() / 1_000) },
    limit: 100,
  });
  return asking(
    (async () => {
      const found = new Set<string>();
      for await (const event of events) {
        const { customer } = event.data.object as Stripe.CustomerCashBalanceTransaction;
        found.add(typeof customer === 'string' ? customer : customer.id);
      }
      return [...found];
    })(),
  );
};

/** What stays with a customer, and the transfer that brought money last. */
export interface CashLeft {
  readonly leftYen: Yen;
  readonly moveId: string;
  readonly receivedAt: Date;
  readonly payerName: string | null;
}

/** The newest movement says the balance after it: one answer, so the two cannot disagree. */
export const findCashLeft = async (
  context: Context,
  customerId: string,
): Promise<CashLeft | undefined> => {
  const { data } = await asking(
    clientOf(context).customers.listCashBalanceTransactions(customerId, { limit: 100 }),
  );
  const [newest] = data;
  if (!newest) return undefined;
  const funded = data.find(({ type }) => type === 'funded') ?? newest;
  return {
    leftYen: newest.ending_balance,
    moveId: newest.id,
    receivedAt: new Date(funded.created * 1_000),
    payerName: funded.funded?.bank_transfer.jp_bank_transfer?.sender_name ?? null,
  };
};
