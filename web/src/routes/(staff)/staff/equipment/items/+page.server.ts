import { error, redirect } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, optionalTextOf, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const venue = event.url.searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  const query = { venue, retired: 'include' as const };
  const { items } = await readOrFail(event, api(event).api.equipment.$get({ query }));
  const canEdit = me.roles.some(
    (one) => one.venueId === venue && ['manager', 'administrator'].includes(one.role),
  );
  const { searchParams } = event.url;
  return {
    venue,
    items,
    canEdit,
    editing: searchParams.get('item') ?? undefined,
    done: searchParams.get('done'),
  };
};

const back = (form: FormData, done: string) =>
  `/staff/equipment/items?${new URLSearchParams({ venue: textOf(form, 'venue'), done }).toString()}`;

const publicationOf = (form: FormData) =>
  textOf(form, 'publication') === 'published' ? ('published' as const) : ('provisional' as const);

export const actions: Actions = {
  change: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'itemId');
    const changed = await attempt(
      api(event).api.equipment.items[':id'].$post({
        param: { id },
        json: {
          nameJa: textOf(form, 'nameJa'),
          nameEn: textOf(form, 'nameEn'),
          stock: textOf(form, 'stock'),
          unitFeeYen: textOf(form, 'unitFeeYen'),
          moveMinutes: textOf(form, 'moveMinutes'),
          publication: publicationOf(form),
          source: textOf(form, 'source'),
          isRetired: form.has('isRetired'),
        },
      }),
    );
    if (!changed.ok) return refuse(changed, typedValues(form));
    redirect(303, back(form, 'saved'));
  },
  add: async (event) => {
    const form = await event.request.formData();
    const oneOf = <Value extends string>(name: string, values: readonly [Value, ...Value[]]) =>
      values.find((value) => value === textOf(form, name)) ?? values[0];
    const added = await attempt(
      api(event).api.equipment.items.$post({
        json: {
          venue: textOf(form, 'venue'),
          code: textOf(form, 'code'),
          kind: oneOf('kind', ['equipment', 'service']),
          nameJa: textOf(form, 'nameJa'),
          nameEn: textOf(form, 'nameEn'),
          groupJa: textOf(form, 'groupJa'),
          groupEn: textOf(form, 'groupEn'),
          unitJa: textOf(form, 'unitJa'),
          unitEn: textOf(form, 'unitEn'),
          priceUnit: oneOf('priceUnit', ['use', 'day', 'hour', 'metered']),
          stock: textOf(form, 'stock'),
          unitFeeYen: textOf(form, 'unitFeeYen'),
          moveMinutes: optionalTextOf(form, 'moveMinutes') ?? '0',
          publication: publicationOf(form),
          source: textOf(form, 'source'),
        },
      }),
    );
    if (!added.ok) return refuse(added, { ...typedValues(form), itemId: '' });
    redirect(303, back(form, 'added'));
  },
};
