import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, textOf } from '#web/api.ts';
import {
  addUse,
  chooseAlternative,
  holdQuery,
  isQuotable,
  readHoldFields,
  removeUse,
  type HoldFields,
} from '#web/bookings/hold_form.ts';
import { holdForm, quoteForm } from '#web/bookings/hold_page.ts';
import type { Actions, PageServerLoad } from './$types';

const findCatalogue = async (event: RequestEvent, id: string) => {
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

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const asked = readHoldFields(event.url.searchParams);
  const [{ venues, catalogue }, { organizations }] = await Promise.all([
    findCatalogue(event, asked.venue),
    readOrFail(event, api(event).api.organizations.$get()),
  ]);
  const only = organizations.length === 1 ? organizations[0]!.id : '';
  const fields = { ...asked, organizationId: asked.organizationId || only };
  const quoted =
    catalogue && isQuotable(fields) ? await quoteForm(event, fields) : ({ ok: false } as const);
  return {
    venues,
    catalogue,
    organizations,
    fields,
    quote: quoted.ok ? quoted.body.quote : undefined,
    idempotencyKey: crypto.randomUUID(),
  };
};

/** Every answer brings a new key: what is sent next is another request. */
const answer = async (
  event: RequestEvent,
  fields: HoldFields,
  extra: { chosen?: boolean } = {},
) => {
  const quoted = isQuotable(fields) ? await quoteForm(event, fields) : undefined;
  const answered = { fields, idempotencyKey: crypto.randomUUID(), ...extra };
  if (quoted && !quoted.ok) return fail(quoted.status, { ...answered, refusal: quoted.refusal });
  return { ...answered, quote: quoted?.body.quote };
};

const fieldsOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  return { form, fields: readHoldFields(form) };
};

export const actions: Actions = {
  quote: async (event) => answer(event, (await fieldsOf(event)).fields),
  add: async (event) => answer(event, addUse((await fieldsOf(event)).fields)),
  remove: async (event) => {
    const { form, fields } = await fieldsOf(event);
    return answer(event, removeUse(fields, Number(textOf(form, 'line'))));
  },
  choose: async (event) => {
    const { form, fields } = await fieldsOf(event);
    const [line, configuration = '', date = '', band = ''] = textOf(form, 'choice').split('|');
    const choice = { configuration, date, band };
    return answer(event, chooseAlternative(fields, Number(line), choice), { chosen: true });
  },
  organizer: async (event) => {
    const { fields } = await fieldsOf(event);
    const back = `/bookings/new?${holdQuery(fields)}`;
    redirect(303, `/organizations/new?next=${encodeURIComponent(back)}`);
  },
  hold: async (event) => {
    requireMe(event);
    const { form, fields } = await fieldsOf(event);
    const held = await holdForm(event, fields, textOf(form, 'idempotencyKey'));
    if (held.ok) redirect(303, `/bookings/${held.body.booking.id}?done=hold`);
    const quoted = isQuotable(fields) ? await quoteForm(event, fields) : undefined;
    return fail(held.status, {
      fields,
      refusal: held.refusal,
      quote: quoted?.ok ? quoted.body.quote : undefined,
      idempotencyKey: crypto.randomUUID(),
    });
  },
};
