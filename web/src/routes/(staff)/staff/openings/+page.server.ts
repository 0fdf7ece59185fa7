import { redirect } from '@sveltejs/kit';
import { instantAt, localDaySchema } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const { periods } = await readOrFail(event, api(event).api.openings.$get({ query: {} }));
  const own = new Set(me.roles.map(({ venueId }) => venueId));
  const managed = me.roles
    .filter(({ role }) => role === 'manager' || role === 'administrator')
    .map(({ venueId }) => venueId);
  return {
    periods: periods.filter(({ venueId }) => own.has(venueId)),
    managed,
    done: event.url.searchParams.get('done'),
  };
};

/** A day and a time as typed; what is no moment goes on as it is, for the API to say so. */
const momentOf = (form: FormData, name: string): string => {
  const [day, time] = [textOf(form, name), textOf(form, `${name}.time`).normalize('NFKC').trim()];
  const read = localDaySchema.safeParse(day);
  const clock = /^(\d{1,2}):(\d{2})$/.exec(time);
  if (!read.success || !clock || Number(clock[1]) > 23 || Number(clock[2]) > 59) return day;
  return instantAt(read.data, `${clock[1]!.padStart(2, '0')}:${clock[2]!}`).toISOString();
};

const periodOf = (form: FormData) => {
  const text = (name: string) => textOf(form, name);
  const days = {
    venue: text('venue'),
    roomClass: text('roomClass') as 'meeting',
    usesFrom: text('usesFrom'),
    usesUntil: text('usesUntil'),
    opensAt: momentOf(form, 'opensAt'),
  };
  if (text('method') !== 'lottery') return { method: 'first_come' as const, ...days };
  return {
    method: 'lottery' as const,
    ...days,
    collectsFrom: momentOf(form, 'collectsFrom'),
    collectsUntil: momentOf(form, 'collectsUntil'),
    drawsAt: momentOf(form, 'drawsAt'),
    acceptBy: momentOf(form, 'acceptBy'),
    entriesMost: text('entriesMost'),
  };
};

export const actions: Actions = {
  create: async (event) => {
    const form = await event.request.formData();
    const json = periodOf(form);
    const made = await attempt(api(event).api.openings.periods.$post({ json }));
    if (!made.ok) return refuse(made, typedValues(form));
    redirect(303, '/staff/openings?done=created');
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const param = { id: textOf(form, 'period') };
    const removed = await attempt(api(event).api.openings.periods[':id'].remove.$post({ param }));
    if (!removed.ok) return refuse(removed, {});
    redirect(303, '/staff/openings?done=removed');
  },
};
