import { Hono } from 'hono';
import { answerGet, answerPost } from './answers.ts';
import type { Desk } from './desk.ts';
import { disputeShape } from './dispute_shapes.ts';
import { findDispute, listDisputes } from './disputes.ts';
import { createRefundSchema, listRefundsSchema, nothingSchema } from './parameters.ts';
import {
  cancelRefund,
  createRefund,
  expireRefund,
  findRefund,
  listRefunds,
  shapeOfRefund,
} from './refunds.ts';
import { listShape } from './shapes.ts';

export const refundRoutes = (desk: Desk) =>
  new Hono()
    .get(
      '/',
      answerGet(listRefundsSchema, (parameters) => {
        const { page, hasMore } = listRefunds(desk, parameters);
        const shapes = page.map((refund) => shapeOfRefund(desk, refund));
        return listShape('/v1/refunds', shapes, hasMore);
      }),
    )
    .get(
      '/:id',
      answerGet(nothingSchema, (_, id) => shapeOfRefund(desk, findRefund(desk, id))),
    )
    .post(
      '/',
      answerPost(desk, createRefundSchema, (parameters) =>
        shapeOfRefund(desk, createRefund(desk, parameters)),
      ),
    )
    .post(
      '/:id/cancel',
      answerPost(desk, nothingSchema, (_, id) => shapeOfRefund(desk, cancelRefund(desk, id))),
    );

export const disputeRoutes = (desk: Desk) =>
  new Hono()
    .get(
      '/',
      answerGet(listRefundsSchema, (parameters) => {
        const { page, hasMore } = listDisputes(desk, parameters);
        return listShape('/v1/disputes', page.map(disputeShape), hasMore);
      }),
    )
    .get(
      '/:id',
      answerGet(nothingSchema, (_, id) => disputeShape(findDispute(desk, id))),
    );

export const refundExpiryRoutes = (desk: Desk) =>
  new Hono().post(
    '/:id/expire',
    answerPost(desk, nothingSchema, (_, id) => shapeOfRefund(desk, expireRefund(desk, id))),
  );
