import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { localDaySchema } from '#api/shared/time.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { changeBody, readChangeFields, shiftedFields, type ChangeFields } from './change_form.ts';
import { addUse, chooseAlternative, holdQuery, removeUse } from './hold_form.ts';

type Visit = RequestEvent & { params: { id: string } };

const doorOf = (event: Visit) => api(event).api.bookings[':id'];
const paramOf = ({ params }: Visit) => ({ id: params.id });

/** Everything the page of a change shows, for either side. */
export const loadChange = async (event: Visit) => {
  const house = api(event).api;
  const param = paramOf(event);
  const { booking } = await readOrFail(event, doorOf(event).$get({ param }));
  const [{ venues }, { rooms }] = await Promise.all([
    readOrFail(event, house.venues.$get()),
    readOrFail(event, house.venues[':venue'].rooms.$get({ param: { venue: booking.venueId } })),
  ]);
  const venue = venues.find(({ id }) => id === booking.venueId)!;
  return { booking, catalogue: { venue, rooms } };
};

/** Everything that tells how a booking came to be what it is. */
export const loadHistory = async (event: Visit) => {
  const door = doorOf(event);
  const param = paramOf(event);
  const { booking } = await readOrFail(event, door.$get({ param }));
  const [{ versions }, { amendments }, { looks }, { entries }] = await Promise.all([
    readOrFail(event, door.versions.$get({ param })),
    readOrFail(event, door.amendments.$get({ param })),
    readOrFail(event, door.looks.$get({ param })),
    readOrFail(event, door.history.$get({ param })),
  ]);
  return { booking, versions, amendments, looks, entries };
};

/** The new price, and what the change itself costs. */
const ask = async (event: Visit, fields: ChangeFields) => {
  const sent = { param: paramOf(event), json: { asked: changeBody(fields) } };
  const door = doorOf(event);
  const asked = await attempt(door.amendments.preview.$post(sent));
  if (!asked.ok) return asked;
  const fee = await attempt(door['change-fee'].$post(sent));
  return fee.ok ? { ...asked, body: { ...asked.body, changeFee: fee.body } } : fee;
};

const answer = async (event: Visit, fields: ChangeFields, form: FormData) => {
  const asked = await ask(event, fields);
  const typed = { fields, values: typedValues(form) };
  return asked.ok
    ? { ...typed, preview: asked.body }
    : fail(asked.status, { ...typed, refusal: asked.refusal });
};

const typedIn = async (event: Visit) => {
  const form = await event.request.formData();
  return { form, fields: readChangeFields(form) };
};

const preview = async (event: Visit) => {
  const { form, fields } = await typedIn(event);
  return answer(event, fields, form);
};

const add = async (event: Visit) => {
  const { form, fields } = await typedIn(event);
  const standing = [...fields.standing, { id: '', attendance: '' }];
  return { fields: { ...fields, ...addUse(fields), standing }, values: typedValues(form) };
};

const remove = async (event: Visit) => {
  const { form, fields } = await typedIn(event);
  const line = Number(textOf(form, 'line'));
  const standing = fields.standing.filter((_, at) => at !== line);
  return { fields: { ...fields, ...removeUse(fields, line), standing }, values: typedValues(form) };
};

const choose = async (event: Visit) => {
  const { form, fields } = await typedIn(event);
  const [line, configuration = '', date = '', band = ''] = textOf(form, 'choice').split('|');
  const choice = { configuration, date, band };
  return answer(event, { ...fields, ...chooseAlternative(fields, Number(line), choice) }, form);
};

/** What staff heard of the organizer; boxes left empty are named by the API. */
const consentIn = (form: FormData) => ({
  givenBy: textOf(form, 'consent.givenBy'),
  channel: textOf(form, 'consent.channel') as 'phone',
  note: textOf(form, 'consent.note'),
});

const amend = async (event: Visit, place: string) => {
  const { form, fields } = await typedIn(event);
  const isHeard = event.url.searchParams.has('consent');
  const done = await attempt(
    doorOf(event).amendments.$post({
      param: paramOf(event),
      json: {
        version: textOf(form, 'version'),
        asked: changeBody(fields),
        reason: fields.reason,
        ...(form.has('totalYen') ? { totalYen: textOf(form, 'totalYen') } : {}),
        ...(isHeard ? { consent: consentIn(form) } : {}),
      },
    }),
  );
  if (done.ok) redirect(303, `${place}/${event.params.id}?done=${done.body.outcome}`);
  const asked = await ask(event, fields);
  return fail(done.status, {
    fields,
    values: typedValues(form),
    refusal: done.refusal,
    ...(asked.ok ? { preview: asked.body } : {}),
  });
};

const split = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const title = textOf(form, 'title').trim();
  const done = await attempt(
    doorOf(event).split.$post({
      param: paramOf(event),
      json: {
        version: textOf(form, 'version'),
        useIds: form.getAll('useIds').map(String),
        ...(title ? { title } : {}),
      },
    }),
  );
  if (!done.ok) return refuse(done, typedValues(form));
  redirect(303, `${place}/${done.body.booking.id}?done=split`);
};

const copy = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const firstDay = textOf(form, 'firstDay');
  const done = await attempt(
    doorOf(event).copy.$post({ param: paramOf(event), json: { firstDay } }),
  );
  if (!done.ok) return refuse(done, typedValues(form));
  redirect(303, `${place}/${done.body.booking.id}?done=copied`);
};

/** The form of a new hold, filled with the same event from another day on. */
const look = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const day = localDaySchema.safeParse(textOf(form, 'firstDay'));
  const { booking } = await readOrFail(event, doorOf(event).$get({ param: paramOf(event) }));
  const first = day.success ? day.data : localDaySchema.parse(booking.uses[0]!.usedOn);
  redirect(303, `${place}/new?${holdQuery(shiftedFields(booking, first))}`);
};

type Answer = 'accept' | 'decline' | 'withdraw';

const sendAnswer = (event: Visit, form: FormData, word: Answer) => {
  const door = doorOf(event).amendments[':amendmentId'];
  const param = { ...paramOf(event), amendmentId: textOf(form, 'amendmentId') };
  if (word === 'withdraw') return door.withdraw.$post({ param });
  if (word === 'decline') {
    return door.decline.$post({ param, json: { reason: textOf(form, 'declineReason') } });
  }
  const isHeard = form.has('consent.givenBy');
  return door.accept.$post({ param, json: isHeard ? { consent: consentIn(form) } : {} });
};

/** An answer to a proposed change; what is refused is shown where the booking can be changed. */
const answerProposal = async (event: Visit, word: Answer, place: string) => {
  const form = await event.request.formData();
  const done = await attempt<unknown>(sendAnswer(event, form, word));
  if (!done.ok) return refuse(done, typedValues(form));
  const said = word === 'withdraw' ? 'withdrawProposal' : word;
  redirect(303, `${place}/${event.params.id}?done=${said}`);
};

/** The acts of the page, for the side whose bookings stand at `place`. */
export const changeActs = (place: string) => ({
  preview,
  add,
  remove,
  choose,
  amend: (event: Visit) => amend(event, place),
  split: (event: Visit) => split(event, place),
  copy: (event: Visit) => copy(event, place),
  look: (event: Visit) => look(event, place),
  accept: (event: Visit) => answerProposal(event, 'accept', place),
  decline: (event: Visit) => answerProposal(event, 'decline', place),
  withdraw: (event: Visit) => answerProposal(event, 'withdraw', place),
});
