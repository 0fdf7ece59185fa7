import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { denominations } from '#api/drawers/rules.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const { searchParams } = event.url;
  const venue = searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  const on = searchParams.get('on');
  const query = { venue, ...(on ? { on } : {}) };
  const read = await attempt(api(event).api.drawers.$get({ query }));
  if (read.ok) return { venue, drawer: read.body, done: searchParams.get('done') };
  if (read.status !== 400) await readOrFail(event, api(event).api.drawers.$get({ query }));
  const today = await readOrFail(event, api(event).api.drawers.$get({ query: { venue } }));
  return { venue, drawer: today, done: null, refusal: read.refusal };
};

const back = (form: FormData, done: string) =>
  `/staff/drawer?${new URLSearchParams({ venue: textOf(form, 'venue'), done }).toString()}`;

const count = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const pieces = Object.fromEntries(
    denominations.map((yen) => [yen, textOf(form, `pieces.${yen}`)]),
  ) as Record<`${(typeof denominations)[number]}`, string>;
  const counted = await attempt<unknown>(
    api(event).api.drawers.counts.$post({
      json: {
        venue: textOf(form, 'venue'),
        pieces,
        differenceReason: textOf(form, 'differenceReason'),
      },
    }),
  );
  if (!counted.ok) return refuse(counted, { ...typedValues(form), act: 'count' });
  redirect(303, back(form, 'counted'));
};

const move = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const moved = await attempt<unknown>(
    api(event).api.drawers.movements.$post({
      json: {
        venue: textOf(form, 'venue'),
        kind: textOf(form, 'kind') === 'banked' ? 'banked' : 'float',
        amountYen: textOf(form, 'amountYen'),
        note: textOf(form, 'note'),
      },
    }),
  );
  if (!moved.ok) return refuse(moved, { ...typedValues(form), act: 'move' });
  redirect(303, back(form, 'moved'));
};

export const actions: Actions = { count, move };
