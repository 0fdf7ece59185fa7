import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localDaySchema } from '#api/shared/time.ts';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { planWords } from '#web/words/plans.ts';
import { instantOf } from './clock.ts';

type Visit = RequestEvent & { params: { id: string } };
type Act = keyof ReturnType<typeof planWords>['done'];

const wordsOf = (event: Visit) => planWords(event.locals.locale);

const refuseField = (event: Visit, form: FormData, path: string, message: string) =>
  refuse(
    { status: 422, refusal: { code: 'plans.typed', message, fields: [{ path, message }] } },
    typedValues(form),
  );

const planOf = (event: Visit) => api(event).api.bookings[':id'].plan;

const finish = async (
  event: Visit,
  form: FormData,
  act: Act,
  done: Promise<Awaited<ReturnType<typeof attempt>>>,
) => {
  const answer = await done;
  if (!answer.ok) return refuse(answer, { ...typedValues(form), act });
  redirect(303, `${event.url.pathname}?done=${act}`);
};

const meeting = async (event: Visit) => {
  const form = await event.request.formData();
  const [day, time] = [textOf(form, 'meetsOn'), textOf(form, 'meetsTime')];
  const meetsAt = day || time ? instantOf(day, time) : null;
  if (meetsAt === undefined) {
    const { wrongDay, wrongTime } = wordsOf(event);
    return localDaySchema.safeParse(day).success
      ? refuseField(event, form, 'meetsTime', wrongTime)
      : refuseField(event, form, 'meetsOn', wrongDay);
  }
  const json = { meetsAt, isMet: form.has('isMet'), note: textOf(form, 'note') };
  const param = { id: event.params.id };
  return finish(event, form, 'meeting', attempt(planOf(event).$put({ param, json })));
};

const item = async (event: Visit) => {
  const form = await event.request.formData();
  const code = textOf(form, 'code');
  const fileId = textOf(form, `fileId.${code}`);
  const json = {
    state: (textOf(form, `state.${code}`) || 'open') as 'open' | 'settled' | 'not_needed',
    note: textOf(form, `note.${code}`),
    fileId: fileId === '' ? null : fileId,
  };
  const param = { id: event.params.id, code };
  return finish(event, form, 'item', attempt(planOf(event).items[':code'].$put({ param, json })));
};

const file = async (event: Visit) => {
  const form = await event.request.formData();
  const chosen = form.get('file');
  if (!(chosen instanceof File) || chosen.name === '') {
    return refuseField(event, form, 'file', wordsOf(event).noFileChosen);
  }
  const query = new URLSearchParams({ kind: textOf(form, 'kind'), name: chosen.name });
  const sent = event.fetch(`/api/bookings/${event.params.id}/files?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: await chosen.arrayBuffer(),
  });
  return finish(event, form, 'file', attempt<unknown>(sent));
};

const remove = async (event: Visit) => {
  const form = await event.request.formData();
  const param = { id: event.params.id, fileId: textOf(form, 'fileId') };
  const door = api(event).api.bookings[':id'].files[':fileId'].remove;
  return finish(event, form, 'remove', attempt(door.$post({ param, json: {} })));
};

const parking = async (event: Visit) => {
  const form = await event.request.formData();
  const days = [...form]
    .filter(([name]) => name.startsWith('spaces.'))
    .map(([name, spaces]) => ({ usedOn: name.slice('spaces.'.length), spaces: String(spaces) }))
    .map((day) => ({ ...day, spaces: day.spaces.trim() === '' ? '0' : day.spaces }));
  const param = { id: event.params.id };
  return finish(
    event,
    form,
    'parking',
    attempt(planOf(event).parking.$put({ param, json: { days } })),
  );
};

const presence = async (event: Visit) => {
  const form = await event.request.formData();
  const usedOn = textOf(form, 'usedOn');
  const useId = textOf(form, 'useId');
  const arrived = textOf(form, `arrivedTime.${useId}`);
  const left = textOf(form, `leftTime.${useId}`);
  const arrivedAt = arrived === '' ? null : instantOf(usedOn, arrived);
  const leftAt = left === '' ? null : instantOf(usedOn, left);
  if (arrivedAt === undefined || leftAt === undefined) {
    const path = arrivedAt === undefined ? 'arrivedTime' : 'leftTime';
    return refuseField(event, form, path, wordsOf(event).wrongTime);
  }
  const param = { id: event.params.id, useId };
  const door = api(event).api.bookings[':id'].uses[':useId'].presence;
  const json = { arrivedAt, leftAt };
  return finish(event, form, 'presence', attempt(door.$put({ param, json })));
};

/** What an organizer may do on the page of the plan. */
export const memberPlanActs = { item, file, remove, parking };

export const staffPlanActs = { ...memberPlanActs, meeting, presence };
