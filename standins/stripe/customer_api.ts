import { Hono } from 'hono';
import { answerGet, answerPost } from './answers.ts';
import { cashBalanceShape, cashMoveShape, customerShape } from './customer_shapes.ts';
import { createCustomer, findCashYen, findCustomer, listCashMoves } from './customers.ts';
import type { Desk } from './desk.ts';
import {
  createCustomerSchema,
  fundSchema,
  listCashMovesSchema,
  nothingSchema,
} from './parameters.ts';
import { listShape } from './shapes.ts';
import { fundCashBalance } from './transfers.ts';

export const customerRoutes = (desk: Desk) =>
  new Hono()
    .post(
      '/',
      answerPost(desk, createCustomerSchema, (parameters) =>
        customerShape(createCustomer(desk, parameters)),
      ),
    )
    .get(
      '/:id',
      answerGet(nothingSchema, (_, id) => customerShape(findCustomer(desk, id))),
    )
    .get(
      '/:id/cash_balance',
      answerGet(nothingSchema, (_, id) =>
        cashBalanceShape(findCustomer(desk, id), findCashYen(desk, id)),
      ),
    )
    .get(
      '/:id/cash_balance_transactions',
      answerGet(listCashMovesSchema, (parameters, id) => {
        const { page, hasMore } = listCashMoves(desk, id, parameters);
        const url = `/v1/customers/${id}/cash_balance_transactions`;
        return listShape(url, page.map(cashMoveShape), hasMore);
      }),
    );

export const cashRoutes = (desk: Desk) =>
  new Hono().post(
    '/:id/fund_cash_balance',
    answerPost(desk, fundSchema, ({ amount }, id) =>
      cashMoveShape(fundCashBalance(desk, id, amount)),
    ),
  );
