import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, optionalTextOf, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Refusal } from '#web/ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

type Visit = RequestEvent & { params: { id: string } };

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, readings] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.readings.$get({ param })),
  ]);
  return { booking, readings, done: event.url.searchParams.get('done') };
};

const start = async (event: Visit) => {
  const form = await event.request.formData();
  const started = await attempt(
    api(event).api.bookings[':id'].readings.$post({
      param: { id: event.params.id },
      json: {
        meterId: textOf(form, 'meterId'),
        usedOn: textOf(form, 'usedOn'),
        startValue: textOf(form, 'startValue'),
        note: textOf(form, 'note'),
      },
    }),
  );
  if (!started.ok) return refuse(started, { ...typedValues(form), act: 'start' });
  redirect(303, `${event.url.pathname}?done=start`);
};

type Step = 'end' | 'correct' | 'check';

const ask = (event: Visit, act: Step, form: FormData) => {
  const id = textOf(form, 'readingId');
  const door = api(event).api.utilities.readings[':id'];
  const param = { id };
  const value = (name: string) => optionalTextOf(form, `${name}.${id}`);
  if (act === 'check') return door.check.$post({ param });
  const endValue = value('endValue');
  if (act === 'end') return door.end.$post({ param, json: { endValue: endValue ?? '' } });
  const startValue = value('startValue');
  return door.correct.$post({
    param,
    json: {
      ...(startValue === undefined ? {} : { startValue }),
      ...(endValue === undefined ? {} : { endValue }),
      reason: value('reason') ?? '',
    },
  });
};

/** Every reading has its own boxes on the page: the field is that of the reading. */
const ofReading = (refusal: Refusal, id: string): Refusal => ({
  ...refusal,
  fields: refusal.fields.map((field) => ({ ...field, path: `${field.path}.${id}` })),
});

const take = async (event: Visit, act: Step) => {
  const form = await event.request.formData();
  const done = await attempt<unknown>(ask(event, act, form));
  if (!done.ok) {
    const refusal = ofReading(done.refusal, textOf(form, 'readingId'));
    return refuse({ status: done.status, refusal }, { ...typedValues(form), act: act as string });
  }
  redirect(303, `${event.url.pathname}?done=${act}`);
};

export const actions: Actions = {
  start: (event) => start(event),
  end: (event) => take(event, 'end'),
  correct: (event) => take(event, 'correct'),
  check: (event) => take(event, 'check'),
};
