import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';

type Visit = RequestEvent & { params: { id: string } };

export const loadReductions = async (event: Visit) => {
  const house = api(event).api;
  const param = { id: event.params.id };
  const door = house.bookings[':id'];
  const [{ booking }, reductions] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.reductions.$get({ param })),
  ]);
  return { booking, reductions, done: event.url.searchParams.get('done') };
};

export const applyForReduction = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const applied = await attempt(
    api(event).api.bookings[':id'].reductions.$post({
      param: { id: event.params.id },
      json: { groundCode: textOf(form, 'groundCode'), explanation: textOf(form, 'explanation') },
    }),
  );
  if (!applied.ok) return refuse(applied, { ...typedValues(form), act: 'apply' });
  redirect(303, `${place}/${event.params.id}/reduction?done=applied`);
};

export const withdrawReduction = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const withdrawn = await attempt(
    api(event).api.reductions[':id'].withdraw.$post({
      param: { id: textOf(form, 'applicationId') },
    }),
  );
  if (!withdrawn.ok) return refuse(withdrawn, { ...typedValues(form), act: 'withdraw' });
  redirect(303, `${place}/${event.params.id}/reduction?done=withdrawn`);
};

/** Approves or refuses; both buttons of the form send the reason. */
export const decideReduction = async (event: Visit, act: 'approve' | 'refuse', place: string) => {
  const form = await event.request.formData();
  const door = api(event).api.reductions[':id'];
  const said = {
    param: { id: textOf(form, 'applicationId') },
    json: { reason: textOf(form, 'reason') },
  };
  const decided = await attempt<unknown>(
    act === 'approve' ? door.approve.$post(said) : door.refuse.$post(said),
  );
  if (!decided.ok) return refuse(decided, { ...typedValues(form), act: act as string });
  const done = act === 'approve' ? 'approved' : 'refused';
  redirect(303, `${place}/${event.params.id}/reduction?done=${done}`);
};
