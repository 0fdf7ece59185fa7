import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, optionalTextOf, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const { searchParams } = event.url;
  const venue = searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  const utilities = await readOrFail(event, api(event).api.utilities.$get({ query: { venue } }));
  const wrong = searchParams.get('wrong');
  return {
    venue,
    utilities,
    done: searchParams.get('done'),
    wrong: wrong
      ? {
          count: Number(wrong),
          overYen: Number(searchParams.get('over')),
          underYen: Number(searchParams.get('under')),
        }
      : undefined,
  };
};

const back = (form: FormData, more: Record<string, string>) =>
  `/staff/utilities?${new URLSearchParams({ venue: textOf(form, 'venue'), ...more }).toString()}`;

const oneOf = <Value extends string>(asked: string, values: readonly [Value, ...Value[]]) =>
  values.find((value) => value === asked) ?? values[0];

const addTerm = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const unitFeeYen = optionalTextOf(form, 'unitFeeYen');
  const added = await attempt(
    api(event).api.utilities.terms.$post({
      json: {
        roomId: textOf(form, 'roomId'),
        utility: oneOf(textOf(form, 'utility'), ['electricity', 'water', 'hvac']),
        effectiveFrom: textOf(form, 'effectiveFrom'),
        feeIncludes: textOf(form, 'feeIncludes') !== 'false',
        ...(unitFeeYen === undefined ? {} : { unitFeeYen }),
        source: textOf(form, 'source'),
      },
    }),
  );
  if (!added.ok) return refuse(added, typedValues(form));
  const { wrongCount, overYen, underYen } = added.body.totals;
  const wrong = { wrong: String(wrongCount), over: String(overYen), under: String(underYen) };
  redirect(303, back(form, { done: 'added', ...(wrongCount > 0 ? wrong : {}) }));
};

const check = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const checked = await attempt<unknown>(
    api(event).api.utilities.readings[':id'].check.$post({
      param: { id: textOf(form, 'readingId') },
    }),
  );
  if (!checked.ok) return refuse(checked, typedValues(form));
  redirect(303, back(form, { done: 'check' }));
};

export const actions: Actions = { term: addTerm, check };
