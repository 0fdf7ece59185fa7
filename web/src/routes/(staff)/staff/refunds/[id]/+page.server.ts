import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const param = { id: event.params.id };
  const { refund } = await readOrFail(event, api(event).api.refunds[':id'].$get({ param }));
  return { refund, done: event.url.searchParams.get('done') };
};

type Acted = RequestEvent & { params: { id: string } };
type Door = ReturnType<typeof api>['api']['refunds'][':id'];
type Deed = 'approve' | 'reject' | 'cancel' | 'payee' | 'payout';

const accountTypeOf = (text: string) => (text === 'toza' ? 'toza' : 'futsu');

const ask = (deed: Deed, door: Door, id: string, form: FormData) => {
  const param = { id };
  const reason = textOf(form, 'reason');
  switch (deed) {
    case 'approve':
      return attempt<unknown>(door.approve.$post({ param, json: { reason } }));
    case 'reject':
      return attempt<unknown>(door.reject.$post({ param, json: { reason } }));
    case 'cancel':
      return attempt<unknown>(door.cancel.$post({ param }));
    case 'payout':
      return attempt<unknown>(door.payout.$post({ param }));
    case 'payee': {
      const json = {
        bankCode: textOf(form, 'bankCode'),
        branchCode: textOf(form, 'branchCode'),
        accountType: accountTypeOf(textOf(form, 'accountType')),
        accountNumber: textOf(form, 'accountNumber'),
        holderKana: textOf(form, 'holderKana'),
      } as const;
      return attempt<unknown>(door.payee.$post({ param, json }));
    }
  }
};

const step = async (event: Acted, deed: Deed) => {
  const form = await event.request.formData();
  const { id } = event.params;
  const done = await ask(deed, api(event).api.refunds[':id'], id, form);
  if (!done.ok) return refuse(done, { ...typedValues(form), act: deed as string });
  redirect(303, `/staff/refunds/${id}?done=${deed}`);
};

export const actions: Actions = {
  approve: (event) => step(event, 'approve'),
  reject: (event) => step(event, 'reject'),
  cancel: (event) => step(event, 'cancel'),
  payee: (event) => step(event, 'payee'),
  payout: (event) => step(event, 'payout'),
};
