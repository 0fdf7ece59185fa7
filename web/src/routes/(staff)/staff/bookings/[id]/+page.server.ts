import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import { notConfirmed, takeStep } from '#web/bookings/booking_acts.ts';
import type { Actions, PageServerLoad } from './$types';

const place = '/staff/bookings';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const house = api(event).api;
  const param = { id: event.params.id };
  const door = house.bookings[':id'];
  const { booking } = await readOrFail(event, door.$get({ param }));
  const venue = { venue: booking.venueId };
  const needsRules = ['held', 'requested'].includes(booking.state);
  const [{ line }, history, papers, payments, listed, conditions, outlook] = await Promise.all([
    readOrFail(event, door.line.$get({ param })),
    readOrFail(event, door.history.$get({ param })),
    readOrFail(event, door.documents.$get({ param })),
    readOrFail(event, door.payments.$get({ param })),
    readOrFail(event, house.venues[':venue'].rooms.$get({ param: venue })),
    needsRules
      ? readOrFail(event, house.venues[':venue'].policies.$get({ param: venue }))
      : undefined,
    booking.state === 'held' ? readOrFail(event, door.outlook.$get({ param })) : undefined,
  ]);
  const { amendments } = await readOrFail(event, door.amendments.$get({ param }));
  const found = await readOrFail(
    event,
    house.series.of[':booking'].$get({ param: { booking: event.params.id } }),
  );
  return {
    booking,
    series: found.series,
    amendments,
    line,
    venue: listed.venue,
    rooms: listed.rooms,
    history: history.entries,
    papers: papers.documents,
    payments,
    conditions,
    outlook,
    done: event.url.searchParams.get('done'),
    idempotencyKey: crypto.randomUUID(),
  };
};

type Decided = RequestEvent & { params: { id: string } };

/** Money that changed hands; the tick keeps a slip of the finger from becoming a receipt. */
const takeMoney = async (event: Decided, method: 'cash' | 'bank_transfer') => {
  const form = await event.request.formData();
  const part = textOf(form, 'part') === 'next' ? ('next' as const) : ('all' as const);
  const act: string = part === 'next' ? `${method}_next` : method;
  const typed = { ...typedValues(form), act };
  if (!form.has('confirmed')) return refuse(notConfirmed(event.locals.locale), typed);
  const handedYen = textOf(form, 'handedYen');
  const json =
    method === 'cash'
      ? { method, part, ...(handedYen === '' ? {} : { handedYen }) }
      : { method, part };
  const once = await onceFor(textOf(form, 'idempotencyKey'), json);
  const param = { id: event.params.id };
  const taken = await attempt(api(event).api.bookings[':id'].payments.$post({ param, json }, once));
  if (!taken.ok) return refuse(taken, typed);
  redirect(303, `${place}/${event.params.id}?done=${method}#money`);
};

export const actions: Actions = {
  approve: (event) => takeStep(event, 'approve', place),
  refuse: (event) => takeStep(event, 'refuse', place),
  request: (event) => takeStep(event, 'request', place),
  withdraw: (event) => takeStep(event, 'withdraw', place),
  challenge: (event) => takeStep(event, 'challenge', place),
  extend: (event) => takeStep(event, 'extend', place),
  cash: (event) => takeMoney(event, 'cash'),
  bank_transfer: (event) => takeMoney(event, 'bank_transfer'),
};
