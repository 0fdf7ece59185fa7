import { redirect, type RequestEvent } from '@sveltejs/kit';
import {
  api,
  attempt,
  optionalTextOf,
  readOrFail,
  refuse,
  textOf,
  typedValues,
  type Visit,
} from '#web/api.ts';

type OfBooking = RequestEvent & { params: { id: string } };

/** A booking and every paper that speaks of it. */
export const loadPapers = async (event: Visit & { params: { id: string } }) => {
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, { documents }] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.documents.$get({ param })),
  ]);
  return { booking, papers: documents, done: event.url.searchParams.get('done') };
};

// An act without a form or a body of our own would count as another site's.
const ours = { headers: { 'content-type': 'application/json' } };

export type Asked = 'quotation' | 'payment_notice' | 'payment_slip';

const doors = (event: OfBooking) => {
  const booking = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  return {
    quotation: () => booking.quotations.$post({ param }, ours),
    payment_notice: () => booking['payment-notices'].$post({ param }, ours),
    payment_slip: () => booking['payment-slips'].$post({ param }, ours),
  };
};

/** Makes a paper and comes back to the list it stands in. */
export const askPaper = async (event: OfBooking, kind: Asked, base: string) => {
  const made = await attempt(doors(event)[kind]());
  if (!made.ok) return refuse(made, { act: kind as string });
  redirect(303, `${base}/${event.params.id}/documents?done=made`);
};

export const reissuePaper = async (event: OfBooking, base: string) => {
  const form = await event.request.formData();
  const typed = { ...typedValues(form), act: 'reissue' };
  const again = await attempt(
    api(event).api.documents[':id'].reissue.$post({
      param: { id: textOf(form, 'paper') },
      json: { reason: textOf(form, 'reason') },
    }),
  );
  if (!again.ok) return refuse(again, typed);
  redirect(303, `${base}/${event.params.id}/documents?done=reissued`);
};

const honorificOf = (form: FormData) =>
  (['御中', '様'] as const).find((one) => one === textOf(form, 'honorific'));

const readCorrection = (form: FormData) => {
  const [addressee, proviso] = ['addressee', 'proviso'].map((name) => optionalTextOf(form, name));
  const honorific = honorificOf(form);
  return {
    ...(addressee ? { addressee } : {}),
    ...(proviso ? { proviso } : {}),
    ...(honorific ? { honorific } : {}),
    takesCurrent: form.has('takesCurrent'),
    reason: textOf(form, 'reason'),
  };
};

export const correctPaper = async (event: OfBooking, base: string) => {
  const form = await event.request.formData();
  const typed = { ...typedValues(form), act: 'correct' };
  const corrected = await attempt(
    api(event).api.documents[':id'].correct.$post({
      param: { id: textOf(form, 'paper') },
      json: readCorrection(form),
    }),
  );
  if (!corrected.ok) return refuse(corrected, typed);
  redirect(303, `${base}/${event.params.id}/documents?done=corrected`);
};
