import { describe, expect, test } from 'vitest';
import {
  fundsOf,
  isDisputeOpen,
  isStrangeCashMove,
  movementOf,
} from '#api/payments/rules/movement.ts';
import { yieldingOf } from '#api/refunds/rules/give_way.ts';
import type { Refund } from '#api/refunds/rules/refund.ts';

describe('what moves at Stripe', () => {
  test.each([
    ['balance.available', 'balance'],
    ['payout.paid', 'payout'],
    ['payment_intent.created', 'payment_intent'],
    ['charge.failed', 'charge'],
    ['price.created', 'price'],
  ])('is no money of anybody: %s', (type, object) => {
    expect(movementOf(type, { object, id: 'x_1', amount: 1 })).toBeUndefined();
  });

  test('a payment told of twice is one', () => {
    const told = { amount: 500, status: 'succeeded' };
    const charge = { object: 'charge', id: 'ch_1', payment_intent: 'pi_1', ...told };
    const intent = { object: 'payment_intent', id: 'pi_1', ...told };
    expect(movementOf('charge.succeeded', charge)).toEqual(
      movementOf('payment_intent.succeeded', intent),
    );
  });

  test('an account Stripe empties for reasons of its own is looked at', () => {
    expect(isStrangeCashMove({ type: 'funded' })).toBe(false);
    expect(isStrangeCashMove({ type: 'return_initiated' })).toBe(true);
  });

  test('a dispute is open until the bank has decided, also in a state we do not know', () => {
    expect(['won', 'lost', 'warning_closed', 'prevented'].map(isDisputeOpen)).not.toContain(true);
    expect(['needs_response', 'something_new'].map(isDisputeOpen)).not.toContain(false);
    expect(fundsOf([{ amount: -300 }, { amount: 300 }])).toEqual({
      withdrawnYen: 300,
      reinstatedYen: 300,
    });
  });
});

describe('refunds of ours give way to what has gone already', () => {
  const refund = (id: string, amountYen: number, more: Partial<Refund> = {}) =>
    ({ id, amountYen, state: 'proposed', route: 'stripe', cause: null, ...more }) as Refund;
  const idsOf = (refunds: readonly Refund[]) => refunds.map(({ id }) => id as string);

  test('the newest first, and what still fits is asked for anew', () => {
    const ours = [refund('a', 50), refund('b', 100)];
    const { cancelled, rest } = yieldingOf(117, ours);
    expect(idsOf(cancelled)).toEqual(['b']);
    expect(rest).toMatchObject({ amountYen: 67, of: { id: 'b' } });
    expect(yieldingOf(150, ours)).toEqual({ cancelled: [], rest: undefined });
    expect(idsOf(yieldingOf(0, ours).cancelled)).toEqual(['b', 'a']);
  });

  test('but never what is with Stripe, nor what was made there', () => {
    const standing = [
      refund('a', 100, { state: 'processing' }),
      refund('b', 100, { state: 'approved' }),
      refund('c', 100, { state: 'awaiting_customer', cause: 'stripe_refund:re_1' }),
      refund('d', 100, { state: 'failed' }),
      refund('e', 100, { state: 'approved', route: 'bank' }),
    ];
    expect(idsOf(yieldingOf(0, standing).cancelled)).toEqual(['e', 'd']);
  });
});
