import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, textOf } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import {
  addUse,
  holdBody,
  holdQuery,
  isQuotable,
  readHoldFields,
  removeUse,
  type HoldFields,
} from '#web/bookings/hold_form.ts';
import { fieldsOf } from '#web/bookings/hold_acts.ts';
import { quoteForm } from '#web/bookings/hold_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const param = { id: event.params.id };
  const { lottery } = await readOrFail(event, house.openings.lotteries[':id'].$get({ param }));
  const venue = lottery.venue.id;
  const [{ venues }, { rooms }, { organizations }] = await Promise.all([
    readOrFail(event, house.venues.$get()),
    readOrFail(event, house.venues[':venue'].rooms.$get({ param: { venue } })),
    readOrFail(event, house.organizations.$get()),
  ]);
  const asked = readHoldFields(event.url.searchParams);
  const only = organizations.length === 1 ? organizations[0]!.id : '';
  const fields = { ...asked, venue, organizationId: asked.organizationId || only };
  const quoted = isQuotable(fields) ? await quoteForm(event, fields) : ({ ok: false } as const);
  return {
    lottery,
    catalogue: {
      venue: venues.find(({ id }) => id === venue)!,
      rooms: rooms.filter(({ roomClass }) => roomClass === lottery.roomClass),
    },
    organizations,
    fields,
    quote: quoted.ok ? quoted.body.quote : undefined,
    idempotencyKey: crypto.randomUUID(),
  };
};

/** Every answer brings a new key: what is sent next is another request. */
const answer = async (event: RequestEvent, fields: HoldFields) => {
  const quoted = isQuotable(fields) ? await quoteForm(event, fields) : undefined;
  const answered = { fields, idempotencyKey: crypto.randomUUID() };
  if (quoted && !quoted.ok) return fail(quoted.status, { ...answered, refusal: quoted.refusal });
  return { ...answered, quote: quoted?.body.quote };
};

/** The room of a line is chosen together with its configuration: its complaint belongs there. */
const entryBody = (fields: HoldFields) => {
  const { venue: _venue, ...wish } = holdBody(fields);
  return wish;
};

export const actions: Actions = {
  quote: async (event) => answer(event, (await fieldsOf(event)).fields),
  add: async (event) => answer(event, addUse((await fieldsOf(event)).fields)),
  remove: async (event) => {
    const { form, fields } = await fieldsOf(event);
    return answer(event, removeUse(fields, Number(textOf(form, 'line'))));
  },
  organizer: async (event) => {
    const { fields } = await fieldsOf(event);
    const back = `/lotteries/${event.params.id}/enter?${holdQuery(fields)}`;
    redirect(303, `/organizations/new?next=${encodeURIComponent(back)}`);
  },
  enter: async (event) => {
    const { form, fields } = await fieldsOf(event);
    const { id } = event.params;
    const json = entryBody(fields);
    const once = await onceFor(textOf(form, 'idempotencyKey'), json);
    const entered = await attempt(
      api(event).api.openings.lotteries[':id'].entries.$post({ param: { id }, json }, once),
    );
    if (entered.ok) redirect(303, `/lotteries/${id}?done=enter#own`);
    const quoted = isQuotable(fields) ? await quoteForm(event, fields) : undefined;
    return fail(entered.status, {
      fields,
      refusal: entered.refusal,
      quote: quoted?.ok ? quoted.body.quote : undefined,
      idempotencyKey: crypto.randomUUID(),
    });
  },
};
