import { announce, newStripeId, randomDigits, secondsOf, type Desk } from './desk.ts';
import type { CashMove, Customer, Sender } from './ledger.ts';
import { cashMoveShape } from './customer_shapes.ts';
import type { CreateCustomerParameters, ListParameters } from './parameters.ts';
import { invalidRequest, unknownObject } from './refusal.ts';

export const findCustomer = (desk: Desk, id: string): Customer => {
  const customer = desk.ledger.customers[id];
  if (!customer) throw unknownObject('customer', id);
  return customer;
};

export const createCustomer = (desk: Desk, parameters: CreateCustomerParameters): Customer => {
  const customer: Customer = {
    id: newStripeId('cus', 14),
    created: secondsOf(desk.now()),
    name: parameters.name ?? null,
    email: parameters.email ?? null,
    description: parameters.description ?? null,
    metadata: parameters.metadata ?? {},
    account: { branchCode: randomDigits(3), accountNumber: randomDigits(7) },
  };
  desk.ledger.customers[customer.id] = customer;
  desk.changed();
  return customer;
};

const movesOf = (desk: Desk, customerId: string): CashMove[] =>
  desk.ledger.cashMoves.filter((move) => move.customerId === customerId);

export const findCashYen = (desk: Desk, customerId: string): number =>
  movesOf(desk, customerId).at(-1)?.endingBalance ?? 0;

/** Newest first. */
export const listCashMoves = (
  desk: Desk,
  customerId: string,
  { limit, starting_after: after }: Pick<ListParameters, 'limit' | 'starting_after'>,
): { page: CashMove[]; hasMore: boolean } => {
  const moves = movesOf(desk, findCustomer(desk, customerId).id).reverse();
  const start = after ? moves.findIndex(({ id }) => id === after) + 1 : 0;
  const page = moves.slice(start, start + limit);
  return { page, hasMore: moves.length > start + page.length };
};

export const recordCashMove = (
  desk: Desk,
  facts: Pick<CashMove, 'customerId' | 'type' | 'netAmount' | 'intentId'> & { sender?: Sender },
): CashMove => {
  const move: CashMove = {
    sender: null,
    ...facts,
    id: newStripeId('ccsbtxn'),
    created: secondsOf(desk.now()),
    endingBalance: findCashYen(desk, facts.customerId) + facts.netAmount,
  };
  desk.ledger.cashMoves.push(move);
  announce(desk, 'customer_cash_balance_transaction.created', cashMoveShape(move));
  return move;
};

export const checkCustomer = (desk: Desk, id: string | undefined): Customer => {
  if (id) return findCustomer(desk, id);
  throw invalidRequest('A customer is required to pay by customer_balance.', {
    code: 'parameter_missing',
    param: 'customer',
  });
};
