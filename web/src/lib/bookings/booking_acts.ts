import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Language } from '#api/shared/languages.ts';
import { api, attempt, optionalTextOf, refuse, textOf, typedValues } from '#web/api.ts';
import { policyWords } from '#web/words/policies.ts';
import { bookingWords } from '#web/words/bookings.ts';

type Step = 'request' | 'withdraw' | 'approve' | 'refuse' | 'challenge' | 'extend';

const bookingOf = (event: RequestEvent, id: string) => {
  const door = api(event).api.bookings[':id'];
  const param = { id };
  return {
    request: (form: FormData) => door.request.$post({ param, json: stepOf(form) }),
    withdraw: (form: FormData) => door.withdraw.$post({ param, json: stepOf(form) }),
    challenge: (form: FormData) => door.challenge.$post({ param, json: stepOf(form) }),
    extend: (form: FormData) =>
      door.extend.$post({
        param,
        json: { ...stepOf(form), until: textOf(form, 'until'), reason: textOf(form, 'reason') },
      }),
    approve: (form: FormData) => door.approve.$post({ param, json: stepOf(form) }),
    refuse: (form: FormData) =>
      door.refuse.$post({
        param,
        json: {
          ...stepOf(form),
          reason: textOf(form, 'reason'),
          ...groundOf(form),
        },
      }),
  };
};

/** A ground in words goes before one of the list: it was written for this booking. */
const groundOf = (form: FormData) => {
  const ground = optionalTextOf(form, 'ground');
  const groundCode = optionalTextOf(form, 'groundCode');
  if (ground !== undefined) return { ground };
  return groundCode === undefined ? {} : { groundCode };
};

const stepOf = (form: FormData) => ({ version: textOf(form, 'version') });

export const notConfirmed = (locale: Language) => {
  const message = bookingWords(locale).page.notConfirmed;
  return {
    status: 422,
    refusal: {
      code: 'bookings.not_confirmed',
      message,
      fields: [{ path: 'confirmed', message }],
    },
  };
};

/** Who applies says that the conditions of use have been read. */
const rulesNotConfirmed = (locale: Language) => {
  const message = policyWords(locale).confirm.missing;
  return {
    status: 422,
    refusal: {
      code: 'bookings.rules_not_confirmed',
      message,
      fields: [{ path: 'confirmsRules', message }],
    },
  };
};

const isAtOnce = (body: unknown) =>
  (body as { booking?: { state?: string } }).booking?.state === 'approved';

const needsTick: readonly Step[] = ['withdraw'];

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
  if (act === 'request' && !form.has('confirmsRules')) {
    return refuse(rulesNotConfirmed(event.locals.locale), typed);
  }
  const done = await attempt<unknown>(bookingOf(event, event.params.id)[act](form));
  if (!done.ok) return refuse(done, typed);
  const how = act === 'request' && isAtOnce(done.body) ? 'request_approved' : act;
  redirect(303, `${place}/${event.params.id}?done=${how}`);
};
