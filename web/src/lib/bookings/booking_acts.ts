import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { bookingPages as en } from '#web/words/en/booking_pages.ts';
import { bookingPages as ja } from '#web/words/ja/booking_pages.ts';

type Step = 'request' | 'withdraw' | 'cancel' | 'approve' | 'refuse';

const bookingOf = (event: RequestEvent, id: string) => {
  const door = api(event).api.bookings[':id'];
  const param = { id };
  return {
    request: (form: FormData) => door.request.$post({ param, json: stepOf(form) }),
    withdraw: (form: FormData) => door.withdraw.$post({ param, json: stepOf(form) }),
    approve: (form: FormData) => door.approve.$post({ param, json: stepOf(form) }),
    cancel: (form: FormData) =>
      door.cancel.$post({ param, json: { ...stepOf(form), reason: textOf(form, 'reason') } }),
    refuse: (form: FormData) =>
      door.refuse.$post({
        param,
        json: {
          ...stepOf(form),
          reason: textOf(form, 'reason'),
          ground: textOf(form, 'ground'),
        },
      }),
  };
};

const stepOf = (form: FormData) => ({ version: textOf(form, 'version') });

export const notConfirmed = (locale: 'ja' | 'en') => {
  const message = (locale === 'en' ? en : ja).page.notConfirmed;
  return {
    status: 422,
    refusal: {
      code: 'bookings.not_confirmed',
      message,
      fields: [{ path: 'confirmed', message }],
    },
  };
};

const needsTick: readonly Step[] = ['withdraw', 'cancel'];

/**
 * One step of a booking as a form act: what was refused comes back with what was typed and the
 * name of the act; what was done leads to the page again.
 */
export const takeStep = async (
  event: RequestEvent & { params: { id: string } },
  act: Step,
  place: string,
) => {
  const form = await event.request.formData();
  const typed = { ...typedValues(form), act };
  if (needsTick.includes(act) && !form.has('confirmed')) {
    return refuse(notConfirmed(event.locals.locale), typed);
  }
  const done = await attempt<unknown>(bookingOf(event, event.params.id)[act](form));
  if (!done.ok) return refuse(done, typed);
  redirect(303, `${place}/${event.params.id}?done=${act}`);
};
