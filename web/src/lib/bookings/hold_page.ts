import type { RequestEvent } from '@sveltejs/kit';
import { api, attempt, type Visit } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import { searchOrganizations } from '#web/organizations/search.ts';
import { holdBody, quoteBody, type HoldFields } from './hold_form.ts';

type Visitor = Visit & Pick<RequestEvent, 'locals'>;

/** Whom staff book for is not their own. */
const findForStaff = async (event: Visitor, id: string) => {
  if (!event.locals.me?.isStaff || id === '') return undefined;
  const found = await searchOrganizations(event, id);
  return found.ok ? found.body.organizations.find((one) => one.id === id) : undefined;
};

const classFor = async (event: Visitor, organizationId: string) => {
  const mine = await attempt(api(event).api.organizations.$get());
  const own = mine.ok ? mine.body.organizations : [];
  const organization =
    own.find(({ id }) => id === organizationId) ?? (await findForStaff(event, organizationId));
  return organization && organization.smeStatus !== 'none' ? 'sme' : 'standard';
};

const bodyFor = async (event: Visitor, fields: HoldFields) =>
  quoteBody(fields, await classFor(event, fields.organizationId));

/** The price of what stands in the form, as the organizer chosen there would pay it. */
export const quoteForm = async (event: Visitor, fields: HoldFields) =>
  attempt(api(event).api.quotes.$post({ json: await bodyFor(event, fields) }));

/** The same, with what a hold would mean: until when it lasts, what giving it up would cost. */
export const lookForm = async (event: Visitor, fields: HoldFields) => {
  const json = await bodyFor(event, fields);
  const { quotes } = api(event).api;
  const [quoted, looked] = await Promise.all([
    attempt(quotes.$post({ json })),
    attempt(quotes.outlook.$post({ json })),
  ]);
  return {
    refused: quoted.ok ? undefined : quoted,
    quote: quoted.ok ? quoted.body.quote : undefined,
    outlook: quoted.ok && looked.ok ? looked.body : undefined,
  };
};

export const bookingModes = ['hold', 'option', 'wait'] as const;

/** Holds, or stands in line where the hold was refused: the same form, another wish. */
export const holdForm = async (
  event: Visit,
  fields: HoldFields,
  { idempotencyKey, mode }: { idempotencyKey: string; mode: (typeof bookingModes)[number] },
) => {
  const json = { ...holdBody(fields), mode };
  return attempt(api(event).api.bookings.$post({ json }, await onceFor(idempotencyKey, json)));
};
