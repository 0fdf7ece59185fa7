import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

const methodIn = (event: RequestEvent) =>
  event.url.searchParams.get('method') === 'card' ? ('card' as const) : ('konbini' as const);

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, payments] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.payments.$get({ param })),
  ]);
  const method = methodIn(event);
  const offered = payments.methods.find((one) => one.method === method);
  if (!payments.charge || payments.charge.balanceYen <= 0)
    redirect(303, `/bookings/${booking.id}#money`);
  return {
    booking,
    method,
    offered,
    amountYen: payments.charge.balanceYen,
    idempotencyKey: crypto.randomUUID(),
  };
};

type Paid = RequestEvent & { params: { id: string } };

const payerIn = (form: FormData) => ({
  name: textOf(form, 'name'),
  email: textOf(form, 'email'),
  phone: textOf(form, 'phone'),
});

const start = async (event: Paid, method: 'card' | 'konbini') => {
  const form = await event.request.formData();
  const json = method === 'card' ? { method } : { method, ...payerIn(form) };
  const started = await attempt(
    api(event).api.bookings[':id'].payments.$post(
      { param: { id: event.params.id }, json },
      { headers: { 'Idempotency-Key': textOf(form, 'idempotencyKey') } },
    ),
  );
  return { started, form };
};

/** What failed is asked again under a new key. */
const again = (refused: Parameters<typeof refuse>[0], form: FormData) =>
  refuse(refused, { ...typedValues(form), idempotencyKey: crypto.randomUUID() as string });

export const actions: Actions = {
  konbini: async (event) => {
    const { started, form } = await start(event, 'konbini');
    if (!started.ok) return again(started, form);
    redirect(303, `/bookings/${event.params.id}/payments/${started.body.attempt.id}`);
  },
  card: async (event) => {
    const { started, form } = await start(event, 'card');
    return started.ok ? { started: started.body.attempt } : again(started, form);
  },
};
