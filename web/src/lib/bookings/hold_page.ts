import type { RequestEvent } from '@sveltejs/kit';
import { api, attempt } from '#web/api.ts';
import { holdBody, quoteBody, type HoldFields } from './hold_form.ts';

type Visit = Pick<RequestEvent, 'fetch' | 'url'>;

const classFor = async (event: Visit, organizationId: string) => {
  const mine = await attempt(api(event).api.organizations.$get());
  const organization = mine.ok
    ? mine.body.organizations.find(({ id }) => id === organizationId)
    : undefined;
  return organization && organization.smeStatus !== 'none' ? 'sme' : 'standard';
};

/** The price of what stands in the form, as the organizer chosen there would pay it. */
export const quoteForm = async (event: Visit, fields: HoldFields) => {
  const json = quoteBody(fields, await classFor(event, fields.organizationId));
  return attempt(api(event).api.quotes.$post({ json }));
};

export const holdForm = (event: Visit, fields: HoldFields, idempotencyKey: string) =>
  attempt(
    api(event).api.bookings.$post(
      { json: holdBody(fields) },
      { headers: { 'Idempotency-Key': idempotencyKey } },
    ),
  );
