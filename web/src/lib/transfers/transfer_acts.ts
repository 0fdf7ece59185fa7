import { redirect, type RequestEvent } from '@sveltejs/kit';
import { typedNumberSchema } from '#api/shared/typed.ts';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { transferWords } from '#web/words/transfers.ts';

type Act = keyof ReturnType<typeof transferWords>['done'];

const wordsOf = (event: RequestEvent) => transferWords(event.locals.locale);

const refuseField = (form: FormData, act: Act, path: string, message: string) =>
  refuse(
    { status: 422, refusal: { code: 'transfers.typed', message, fields: [{ path, message }] } },
    { ...typedValues(form), act },
  );

/** Reads a file; what came of it is told on the list. */
export const sendFile = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const chosen = form.get('file');
  if (!(chosen instanceof File) || chosen.name === '') {
    return refuseField(form, 'import', 'file', wordsOf(event).upload.none);
  }
  const query = new URLSearchParams({ name: chosen.name });
  const sent = await attempt<{ import: { id: string } }>(
    event.fetch(`/api/transfers/imports?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: await chosen.arrayBuffer(),
    }),
  );
  if (!sent.ok) return refuse(sent, { ...typedValues(form), act: 'import' as const });
  redirect(303, `/staff/transfers?done=import&import=${sent.body.import.id}`);
};

interface Finish {
  readonly form: FormData;
  readonly act: Act;
  readonly done: Promise<Awaited<ReturnType<typeof attempt<unknown>>>>;
  readonly back: string;
}

const finish = async ({ form, act, done, back }: Finish) => {
  const answer = await done;
  if (!answer.ok) return refuse(answer, { ...typedValues(form), act });
  redirect(303, `${back}?done=${act}`);
};

const doorOf = (event: RequestEvent) => api(event).api.transfers[':id'];

const pagePath = (event: RequestEvent) => event.url.pathname;

/** What a tick beside an amount takes off: all that was shown as owed and is not paid by it. */
const rebateIn = (form: FormData, billingAccountId: string, amountYen: string) => {
  if (!form.has(`rebate.${billingAccountId}`)) return {};
  const amount = typedNumberSchema.safeParse(amountYen);
  const restYen = Number(textOf(form, `owed.${billingAccountId}`)) - Number(amount.data);
  return restYen > 0 ? { rebateYen: restYen } : {};
};

/** The amounts of a form, `amount.bkg_…`; empty ones are left out. */
const partsIn = (form: FormData) =>
  [...form]
    .filter(([name]) => name.startsWith('amount.'))
    .map(([name, value]) => ({
      billingAccountId: name.slice('amount.'.length),
      amountYen: typeof value === 'string' ? value.trim() : '',
    }))
    .filter(({ amountYen }) => amountYen !== '')
    .map((part) => ({ ...part, ...rebateIn(form, part.billingAccountId, part.amountYen) }));

/** Allocates what a proposal or the fields of amounts say; from the list and from the page of an entry. */
export const allocate = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const id = event.params['id'] ?? textOf(form, 'lineId');
  const parts = partsIn(form);
  const first = [...form.keys()].find((name) => name.startsWith('amount.')) ?? 'number';
  if (parts.length === 0) return refuseField(form, 'allocate', first, wordsOf(event).shareNone);
  const done = attempt<unknown>(doorOf(event).allocate.$post({ param: { id }, json: { parts } }));
  return finish({ form, act: 'allocate', done, back: pagePath(event) });
};

type Visit = RequestEvent & { params: { id: string } };

const takeBack = async (event: Visit) => {
  const form = await event.request.formData();
  const json = { allocationId: textOf(form, 'allocationId') };
  const done = attempt<unknown>(doorOf(event)['take-back'].$post({ param: event.params, json }));
  return finish({ form, act: 'takeBack', done, back: pagePath(event) });
};

const takeCancelledBack = async (event: Visit) => {
  const form = await event.request.formData();
  const sent = doorOf(event)['take-cancelled-back'].$post({ param: event.params, json: {} });
  const done = attempt<unknown>(sent);
  return finish({ form, act: 'takeCancelledBack', done, back: pagePath(event) });
};

const ignore = async (event: Visit) => {
  const form = await event.request.formData();
  const json = { reason: textOf(form, 'reason') };
  const done = attempt<unknown>(doorOf(event).ignore.$post({ param: event.params, json }));
  return finish({ form, act: 'ignore', done, back: pagePath(event) });
};

const takeUp = async (event: Visit) => {
  const form = await event.request.formData();
  const sent = doorOf(event)['take-up'].$post({ param: event.params, json: {} });
  return finish({ form, act: 'takeUp', done: attempt<unknown>(sent), back: pagePath(event) });
};

const refund = async (event: Visit) => {
  const form = await event.request.formData();
  const json = { amountYen: textOf(form, 'amountYen'), note: textOf(form, 'note') };
  const done = attempt<unknown>(doorOf(event).refund.$post({ param: event.params, json }));
  return finish({ form, act: 'refund', done, back: pagePath(event) });
};

/** What can be done on the page of an entry. */
export const lineActs = { allocate, takeBack, takeCancelledBack, ignore, takeUp, refund };
