import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, textOf } from '#web/api.ts';
import { onceFor } from '#web/once.ts';
import { emptyTemplate, readSeriesFields, seriesBody, seriesEntries } from '#web/series/form.ts';
import type { SeriesFields } from '#web/series/form.ts';
import { findCatalogue } from '#web/series/catalogue.ts';
import type { SeriesPreview } from '#web/series/views.ts';
import type { Actions, PageServerLoad } from './$types';

const linesMost = 20;

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const asked = readSeriesFields(event.url.searchParams);
  const [{ venues, catalogue }, { organizations }] = await Promise.all([
    findCatalogue(event, asked.event.venue),
    readOrFail(event, api(event).api.organizations.$get()),
  ]);
  const only = organizations.length === 1 ? organizations[0]!.id : '';
  const organizationId = asked.event.organizationId || only;
  return {
    venues,
    catalogue,
    organizations,
    fields: { ...asked, event: { ...asked.event, organizationId } },
  };
};

const fieldsOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  return { form, fields: readSeriesFields(form) };
};

const preview = async (event: RequestEvent, fields: SeriesFields) =>
  attempt(api(event).api.series.preview.$post({ json: seriesBody(fields) }));

/** Every answer brings a new key: what is sent next is another request. */
const answer = (fields: SeriesFields) => ({ fields, idempotencyKey: crypto.randomUUID() });

export const actions: Actions = {
  edit: async (event) => answer((await fieldsOf(event)).fields),
  add: async (event) => {
    const { fields } = await fieldsOf(event);
    const last = fields.lines.at(-1) ?? emptyTemplate;
    return answer({ ...fields, lines: [...fields.lines, last].slice(0, linesMost) });
  },
  remove: async (event) => {
    const { form, fields } = await fieldsOf(event);
    const lines = fields.lines.filter((_, at) => at !== Number(textOf(form, 'line')));
    return answer({ ...fields, lines: lines.length > 0 ? lines : [emptyTemplate] });
  },
  organizer: async (event) => {
    const { fields } = await fieldsOf(event);
    const back = `/series/new?${new URLSearchParams(seriesEntries(fields)).toString()}`;
    redirect(303, `/organizations/new?next=${encodeURIComponent(back)}`);
  },
  preview: async (event) => {
    requireMe(event);
    const { fields } = await fieldsOf(event);
    const previewed = await preview(event, fields);
    if (!previewed.ok) {
      return fail(previewed.status, { ...answer(fields), refusal: previewed.refusal });
    }
    return { ...answer(fields), preview: previewed.body.preview };
  },
  book: async (event) => {
    requireMe(event);
    const { form, fields } = await fieldsOf(event);
    const json = seriesBody(fields);
    const once = await onceFor(textOf(form, 'idempotencyKey'), json);
    const booked = await attempt(api(event).api.series.$post({ json }, once));
    if (booked.ok) redirect(303, `/series/${booked.body.series.id}?done=book`);
    const { refusal } = booked;
    const told = refusal.detail as { preview?: SeriesPreview } | undefined;
    const again = told?.preview ? undefined : await preview(event, fields);
    const shown = told?.preview ?? (again?.ok ? again.body.preview : undefined);
    return fail(booked.status, {
      ...answer(fields),
      refusal,
      ...(shown ? { preview: shown } : {}),
    });
  },
};
