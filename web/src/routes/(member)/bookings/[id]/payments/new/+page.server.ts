import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import type { Actions, PageServerLoad } from './$types';

const online = ['card', 'konbini', 'bank_transfer'] as const;
type Online = (typeof online)[number];

const methodIn = (event: RequestEvent): Online =>
  online.find((method) => method === event.url.searchParams.get('method')) ?? 'konbini';

const partIn = (event: RequestEvent) =>
  event.url.searchParams.get('part') === 'next' ? ('next' as const) : ('all' as const);

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, payments] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.payments.$get({ param })),
  ]);
  const method = methodIn(event);
  const wished = partIn(event) === 'next' ? payments.nextPart : null;
  const offered = (wished ?? payments).methods.find((one) => one.method === method);
  if (!payments.charge || payments.charge.balanceYen <= 0)
    redirect(303, `/bookings/${booking.id}#money`);
  return {
    booking,
    method,
    offered,
    part: wished ? ('next' as const) : ('all' as const),
    amountYen: wished?.amountYen ?? payments.charge.balanceYen,
    idempotencyKey: crypto.randomUUID(),
  };
};

type Paid = RequestEvent & { params: { id: string } };

const payerIn = (form: FormData) => ({
  name: textOf(form, 'name'),
  email: textOf(form, 'email'),
  phone: textOf(form, 'phone'),
});

const start = async (event: Paid, method: Online) => {
  const form = await event.request.formData();
  const part = partIn(event);
  const json = method === 'konbini' ? { method, part, ...payerIn(form) } : { method, part };
  const once = await onceFor(textOf(form, 'idempotencyKey'), json);
  const param = { id: event.params.id };
  const started = await attempt(
    api(event).api.bookings[':id'].payments.$post({ param, json }, once),
  );
  return { started, form };
};

/** What failed is asked again under a new key. */
const again = (refused: Parameters<typeof refuse>[0], form: FormData) =>
  refuse(refused, { ...typedValues(form), idempotencyKey: crypto.randomUUID() as string });

/** What is paid elsewhere goes on at its own page. */
const begin = async (event: Paid, method: Online) => {
  const { started, form } = await start(event, method);
  if (!started.ok) return again(started, form);
  redirect(303, `/bookings/${event.params.id}/payments/${started.body.attempt.id}`);
};

export const actions: Actions = {
  konbini: (event) => begin(event, 'konbini'),
  bank_transfer: (event) => begin(event, 'bank_transfer'),
  card: async (event) => {
    const { started, form } = await start(event, 'card');
    return started.ok ? { started: started.body.attempt } : again(started, form);
  },
};
