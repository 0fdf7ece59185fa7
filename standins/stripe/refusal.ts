export interface RefusalBody {
  readonly type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly payment_intent?: object;
}

/** A request answered with Stripe's error body. */
export class StripeRefusal extends Error {
  readonly status: 400 | 401 | 402 | 404 | 500;
  readonly body: RefusalBody;

  constructor(status: 400 | 401 | 402 | 404 | 500, body: RefusalBody) {
    super(body.message);
    this.name = 'StripeRefusal';
    this.status = status;
    this.body = body;
  }
}

export const invalidRequest = (
  message: string,
  rest: Omit<RefusalBody, 'type' | 'message'> = {},
): StripeRefusal => new StripeRefusal(400, { type: 'invalid_request_error', message, ...rest });

export const unknownObject = (kind: string, id: string): StripeRefusal =>
  new StripeRefusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param: 'id',
  });
