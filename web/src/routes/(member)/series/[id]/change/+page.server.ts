import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, textOf } from '#web/api.ts';
import { changeBody, readChangeFields, type ChangeFields } from '#web/series/change_form.ts';
import { loadSeries } from '#web/series/series_acts.ts';
import type { ChangePreview } from '#web/series/views.ts';
import type { Actions, PageServerLoad } from './$types';

type Visit = RequestEvent & { params: { id: string } };

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const fields = readChangeFields(event.url.searchParams);
  return { ...(await loadSeries(event)), fields };
};

const ask = (event: Visit, fields: ChangeFields, known?: ChangePreview) =>
  attempt(
    api(event).api.series[':id'].amendments.preview.$post({
      param: { id: event.params.id },
      json: changeBody(fields, known),
    }),
  );

/** Without choices first: the ways out are named by keys, and what they come to is told here. */
const preview = async (event: Visit, fields: ChangeFields) => {
  const known = await ask(event, fields);
  const hasChoices = Object.values(fields.choices).some((choice) => choice !== '');
  return known.ok && hasChoices ? ask(event, fields, known.body.preview) : known;
};

const fieldsOf = async (event: Visit) => {
  const form = await event.request.formData();
  return { form, fields: readChangeFields(form) };
};

export const actions: Actions = {
  edit: async (event) => ({ fields: (await fieldsOf(event)).fields }),
  preview: async (event) => {
    const { fields } = await fieldsOf(event);
    const previewed = await preview(event, fields);
    if (!previewed.ok) return fail(previewed.status, { fields, refusal: previewed.refusal });
    return { fields, preview: previewed.body.preview };
  },
  apply: async (event) => {
    const { form, fields } = await fieldsOf(event);
    const known = await ask(event, fields);
    const changed = await attempt(
      api(event).api.series[':id'].amendments.$post({
        param: { id: event.params.id },
        json: {
          ...changeBody(fields, known.ok ? known.body.preview : undefined),
          version: textOf(form, 'version'),
          reason: fields.reason,
        },
      }),
    );
    if (changed.ok) {
      const waits = changed.body.outcomes.some(({ outcome }) => outcome === 'proposed');
      redirect(303, `/series/${event.params.id}?done=${waits ? 'proposed' : 'change'}`);
    }
    const again = await preview(event, fields);
    const shown = again.ok ? { preview: again.body.preview } : {};
    return fail(changed.status, { fields, refusal: changed.refusal, ...shown });
  },
};
