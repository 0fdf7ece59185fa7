import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, refuse, textOf, type Visit } from '#web/api.ts';
import { notConfirmed } from '#web/bookings/booking_acts.ts';
import { documentWords } from '#web/words/documents.ts';
import { chosenDebtor, debtorKey } from './debtors.ts';

/** Who owes, and the charges of the one that was chosen. */
export const loadNewInvoice = async (event: Visit) => {
  const house = api(event).api;
  const [{ debtors }, { venues }] = await Promise.all([
    readOrFail(event, house.invoices.debtors.$get({ query: {} })),
    readOrFail(event, house.venues.$get()),
  ]);
  const asked = event.url.searchParams.get('of') ?? '';
  const only = debtors.length === 1 ? debtorKey(debtors[0]!) : '';
  const of = debtors.some((debtor) => debtorKey(debtor) === asked) ? asked : only;
  const charges =
    of === ''
      ? []
      : (await readOrFail(event, house.invoices.charges.$get({ query: chosenDebtor(of) }))).charges;
  return { debtors, of, charges, venues };
};

/** Makes the invoice and goes on to it. */
export const makeInvoice = async (event: RequestEvent, base: string) => {
  const form = await event.request.formData();
  const of = textOf(form, 'of');
  const chargeIds = form.getAll('charge').filter((id): id is string => typeof id === 'string');
  const values = { of, chargeIds };
  if (chargeIds.length === 0) {
    const message = documentWords(event.locals.locale).invoices.pickOne;
    const refusal = { code: 'invoices.pick_one', message, fields: [{ path: 'charges', message }] };
    return refuse({ status: 422, refusal }, values);
  }
  const json = { ...chosenDebtor(of), chargeIds };
  const made = await attempt(api(event).api.invoices.$post({ json }));
  if (!made.ok) return refuse(made, values);
  redirect(303, `${base}/${made.body.invoice.id}?done=made`);
};

export const voidInvoice = async (
  event: RequestEvent & { params: { id: string } },
  base: string,
) => {
  const form = await event.request.formData();
  if (!form.has('confirmed')) return refuse(notConfirmed(event.locals.locale), {});
  const param = { id: event.params.id };
  const voided = await attempt(
    // The API takes acts of other sites for what they are: a body says that this one is ours.
    api(event).api.invoices[':id'].void.$post(
      { param },
      { headers: { 'content-type': 'application/json' } },
    ),
  );
  if (!voided.ok) return refuse(voided, {});
  redirect(303, `${base}/${event.params.id}?done=voided`);
};
