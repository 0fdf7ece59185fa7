import { redirect } from '@sveltejs/kit';
import { askedReasons } from '#api/refunds/rules/refund.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import type { Refusal } from '#web/ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const param = { id: event.params.id };
  const door = api(event).api.bookings[':id'];
  const [{ booking }, money] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.refunds.$get({ param })),
  ]);
  const done = event.url.searchParams.get('done');
  return { booking, money, done, idempotencyKey: crypto.randomUUID() };
};

/** The two forms of the page ask for the same things by different names. */
const names: Readonly<Record<string, string>> = {
  amountYen: 'writeOffYen',
  reason: 'writeOffReason',
};

const withNames = (refused: { status: number; refusal: Refusal }) => ({
  ...refused,
  refusal: {
    ...refused.refusal,
    fields: refused.refusal.fields.map((field) => ({
      ...field,
      path: names[field.path] ?? field.path,
    })),
  },
});

/** What was refused is sent again as something new, with a key of its own. */
const typedOf = (form: FormData, act: string) => ({
  ...typedValues(form),
  idempotencyKey: crypto.randomUUID() as string,
  act,
});

/** Not said where nothing was chosen: the API knows whether it must be. */
const chargeOf = (form: FormData) => {
  const said = textOf(form, 'reducesCharge');
  return said === '' ? {} : { reducesCharge: said === 'yes' };
};

export const actions: Actions = {
  propose: async (event) => {
    const form = await event.request.formData();
    const typed = typedOf(form, 'propose');
    const asked = textOf(form, 'reason');
    const json = {
      billingAccountId: event.params.id,
      paymentId: textOf(form, 'paymentId'),
      amountYen: textOf(form, 'amountYen'),
      // An empty choice is told to the API as it is: its field is marked.
      reason: askedReasons.find((one) => one === asked) ?? (asked as 'mistake'),
      note: textOf(form, 'note'),
      ...chargeOf(form),
    };
    const once = await onceFor(`refund-${textOf(form, 'idempotencyKey')}`, json);
    const done = await attempt(api(event).api.refunds.$post({ json }, once));
    if (!done.ok) return refuse(done, typed);
    redirect(303, `/staff/refunds/${done.body.refund.id}?done=proposed`);
  },
  writeOff: async (event) => {
    const form = await event.request.formData();
    const typed = typedOf(form, 'writeOff');
    const json = {
      billingAccountId: event.params.id,
      amountYen: textOf(form, 'writeOffYen'),
      reason: textOf(form, 'writeOffReason'),
    };
    const once = await onceFor(`write-off-${textOf(form, 'idempotencyKey')}`, json);
    const done = await attempt(api(event).api['write-offs'].$post({ json }, once));
    if (!done.ok) return refuse(withNames(done), typed);
    redirect(303, `/staff/bookings/${event.params.id}/refunds?done=write-off`);
  },
};
