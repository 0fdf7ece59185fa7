import type { RequestEvent } from '@sveltejs/kit';
import { api, attempt } from '#web/api.ts';
import { searchOrganizations } from '#web/organizations/search.ts';
import { holdBody, quoteBody, type HoldFields } from './hold_form.ts';

type Visit = Pick<RequestEvent, 'fetch' | 'url'>;

/** Whom staff book for is not their own. */
const findForStaff = async (event: Visit & Pick<RequestEvent, 'locals'>, id: string) => {
  if (!event.locals.me?.isStaff || id === '') return undefined;
  const found = await searchOrganizations(event, id);
  return found.ok ? found.body.organizations.find((one) => one.id === id) : undefined;
};

const classFor = async (event: Visit & Pick<RequestEvent, 'locals'>, organizationId: string) => {
  const mine = await attempt(api(event).api.organizations.$get());
  const own = mine.ok ? mine.body.organizations : [];
  const organization =
    own.find(({ id }) => id === organizationId) ?? (await findForStaff(event, organizationId));
  return organization && organization.smeStatus !== 'none' ? 'sme' : 'standard';
};

/** The price of what stands in the form, as the organizer chosen there would pay it. */
export const quoteForm = async (
  event: Visit & Pick<RequestEvent, 'locals'>,
  fields: HoldFields,
) => {
  const json = quoteBody(fields, await classFor(event, fields.organizationId));
  return attempt(api(event).api.quotes.$post({ json }));
};

export const bookingModes = ['hold', 'option', 'wait'] as const;

/** Holds, or stands in line where the hold was refused: the same form, another wish. */
export const holdForm = (
  event: Visit,
  fields: HoldFields,
  { idempotencyKey, mode }: { idempotencyKey: string; mode: (typeof bookingModes)[number] },
) =>
  attempt(
    api(event).api.bookings.$post(
      { json: { ...holdBody(fields), mode } },
      { headers: { 'Idempotency-Key': idempotencyKey } },
    ),
  );
