import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { quantityName } from './views.ts';

type OfBooking = RequestEvent & { params: { id: string } };

interface Named {
  readonly name: string;
  readonly quantity: string;
}

const zero = '0';
const plain = (text: string) => text.normalize('NFKC').trim() || zero;

/** Only what differs from what the page showed: others may have changed the rest meanwhile. */
const changedLines = (form: FormData) => {
  const shown = JSON.parse(textOf(form, 'shown') || '{}') as Record<string, number>;
  return [...form].flatMap(([name, value]) => {
    const [, useId, itemId] = /^quantity\.([^.]+)\.(.+)$/.exec(name) ?? [];
    if (!useId || !itemId || typeof value !== 'string') return [];
    const isSame = plain(value) === String(shown[quantityName(useId, itemId)] ?? 0);
    return isSame ? [] : [{ name, useId, itemId, quantity: plain(value) }];
  });
};

/** The API counts lines; the page knows fields. */
const withFieldNames = <
  Refused extends { refusal: { fields: readonly { path: string; message: string }[] } },
>(
  refused: Refused,
  lines: readonly Named[],
) => ({
  ...refused,
  refusal: {
    ...refused.refusal,
    fields: refused.refusal.fields.map((field) => {
      const at = /^lines\.(\d+)\./.exec(field.path)?.[1];
      return at === undefined ? field : { ...field, path: lines[Number(at)]?.name ?? field.path };
    }),
  },
});

export const saveQuantities = async (event: OfBooking, place: string) => {
  const form = await event.request.formData();
  const lines = changedLines(form);
  const page = `${place}/${event.params.id}/equipment`;
  if (lines.length === 0) redirect(303, `${page}?done=saved`);
  const saved = await attempt(
    api(event).api.bookings[':id'].equipment.$post({
      param: { id: event.params.id },
      json: {
        version: textOf(form, 'version'),
        lines: lines.map(({ name: _name, ...line }) => line),
      },
    }),
  );
  if (!saved.ok) return refuse(withFieldNames(saved, lines), typedValues(form));
  redirect(303, `${page}?done=saved`);
};

export const saveActuals = async (event: OfBooking) => {
  const form = await event.request.formData();
  const lines = [...form].flatMap(([name, value]) => {
    const requestId = /^actual\.(\w+)$/.exec(name)?.[1];
    if (!requestId || typeof value !== 'string' || value.trim() === '') return [];
    return [{ name, requestId, quantity: value, actualQuantity: value }];
  });
  const page = `/staff/bookings/${event.params.id}/equipment`;
  if (lines.length === 0) redirect(303, page);
  const saved = await attempt(
    api(event).api.bookings[':id'].equipment.actuals.$post({
      param: { id: event.params.id },
      json: {
        lines: lines.map(({ requestId, actualQuantity }) => ({ requestId, actualQuantity })),
      },
    }),
  );
  if (!saved.ok) return refuse(withFieldNames(saved, lines), typedValues(form));
  redirect(303, `${page}?done=recorded`);
};
