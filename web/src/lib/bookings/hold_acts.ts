import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, signInPath, textOf } from '#web/api.ts';
import type { Refusal } from '#web/ui/form.ts';
import {
  addUse,
  chooseAlternative,
  holdAddress,
  isQuotable,
  readHoldFields,
  removeUse,
  type HoldFields,
} from './hold_form.ts';
import { bookingModes, holdForm, lookForm } from './hold_page.ts';

export const findCatalogue = async (event: RequestEvent, id: string) => {
  const house = api(event).api;
  const [{ venues }, listed] = await Promise.all([
    readOrFail(event, house.venues.$get()),
    attempt(house.venues[':venue'].rooms.$get({ param: { venue: id } })),
  ]);
  const venue = venues.find((one) => one.id === id);
  return {
    venues,
    catalogue: venue && listed.ok ? { venue, rooms: listed.body.rooms } : undefined,
  };
};

/** The form as it opens: with a price where the address already says enough. */
export const openForm = async (event: RequestEvent, fields: HoldFields, hasCatalogue: boolean) => {
  const quoted = hasCatalogue && isQuotable(fields) ? await lookForm(event, fields) : undefined;
  const { quote, outlook } = quoted ?? {};
  return { fields, quote, outlook, idempotencyKey: crypto.randomUUID() };
};

/** Every answer brings a new key: what is sent next is another request. */
const answer = async (
  event: RequestEvent,
  fields: HoldFields,
  extra: { chosen?: boolean } = {},
) => {
  const quoted = isQuotable(fields) ? await lookForm(event, fields) : undefined;
  const answered = { fields, idempotencyKey: crypto.randomUUID(), ...extra };
  if (quoted?.refused) {
    const { status, refusal } = quoted.refused;
    return fail(status, { ...answered, refusal });
  }
  return { ...answered, quote: quoted?.quote, outlook: quoted?.outlook };
};

/** What was typed; whoever is no longer signed in comes back to it. */
export const fieldsOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const fields = readHoldFields(form);
  if (!event.locals.me) redirect(303, signInPath(event, holdAddress(event.url, fields)));
  return { form, fields };
};

/** The form again as it was typed, with what was refused. */
export const refuseTyped = async (
  event: RequestEvent,
  fields: HoldFields,
  { status, refusal }: { readonly status: number; readonly refusal: Refusal },
) => {
  const quoted = isQuotable(fields) ? await lookForm(event, fields) : undefined;
  const { quote, outlook } = quoted ?? {};
  return fail(status, { fields, refusal, quote, outlook, idempotencyKey: crypto.randomUUID() });
};

/** Holds what was typed, or answers with what stands in the way. */
export const holdTyped = async (
  event: RequestEvent,
  place: string,
  { form, fields }: { form: FormData; fields: HoldFields },
) => {
  const mode = bookingModes.find((one) => one === textOf(form, 'mode')) ?? 'hold';
  const idempotencyKey = textOf(form, 'idempotencyKey');
  const held = await holdForm(event, fields, { idempotencyKey, mode });
  if (held.ok) redirect(303, `${place}/${held.body.booking.id}?done=${mode}`);
  return refuseTyped(event, fields, held);
};

/** The acts of a hold form, wherever it stands; what is held leads to its page below `place`. */
export const holdActs = (place: string, guard: (event: RequestEvent) => unknown) => ({
  quote: async (event: RequestEvent) => answer(event, (await fieldsOf(event)).fields),
  add: async (event: RequestEvent) => answer(event, addUse((await fieldsOf(event)).fields)),
  remove: async (event: RequestEvent) => {
    const { form, fields } = await fieldsOf(event);
    return answer(event, removeUse(fields, Number(textOf(form, 'line'))));
  },
  choose: async (event: RequestEvent) => {
    const { form, fields } = await fieldsOf(event);
    const [line, configuration = '', date = '', band = ''] = textOf(form, 'choice').split('|');
    const choice = { configuration, date, band };
    return answer(event, chooseAlternative(fields, Number(line), choice), { chosen: true });
  },
  hold: async (event: RequestEvent) => {
    const typed = await fieldsOf(event);
    guard(event);
    return holdTyped(event, place, typed);
  },
});
