import type { consentChannels } from '#api/bookings/schema/amendments.ts';
import { optionalTextOf, textOf } from '#web/api.ts';

/** The closure as it was typed. */
export const askedOf = (form: FormData) => {
  const band = optionalTextOf(form, 'band');
  return {
    venue: textOf(form, 'venue'),
    kind: textOf(form, 'kind') as 'maintenance' | 'emergency' | 'block',
    configurations: form.getAll('configurations').map(String),
    isWholeVenue: form.has('isWholeVenue'),
    startsOn: textOf(form, 'startsOn'),
    endsOn: textOf(form, 'endsOn') || textOf(form, 'startsOn'),
    ...(band ? { band } : {}),
    reasonJa: textOf(form, 'reasonJa'),
    reasonEn: textOf(form, 'reasonEn'),
  };
};

const consentOf = (form: FormData, id: string) => {
  const givenBy = textOf(form, `givenBy.${id}`).trim();
  if (givenBy === '') return {};
  const channel = textOf(form, `channel.${id}`) as (typeof consentChannels)[number];
  return { consent: { givenBy, channel, note: textOf(form, `note.${id}`).trim() || givenBy } };
};

const usesOf = (form: FormData, id: string) =>
  [...form].flatMap(([name, value]) => {
    const [field, bookingId, useId] = name.split('.');
    if (field !== 'to' || bookingId !== id || typeof value !== 'string') return [];
    const [configuration = '', date = '', band = ''] = value.split('|');
    return [{ useId: useId!, ...(value === '' ? {} : { to: { configuration, date, band } }) }];
  });

/** What was chosen for each booking shown; those without a choice are left out. */
export const decisionsOf = (form: FormData) =>
  [...form.keys()]
    .filter((name) => name.startsWith('version.'))
    .map((name) => name.slice('version.'.length))
    .flatMap((id) => {
      const decision = textOf(form, `decision.${id}`);
      if (decision !== 'cancel' && decision !== 'move') return [];
      const uses = decision === 'move' ? usesOf(form, id) : [];
      const consent = uses.some((use) => 'to' in use) ? consentOf(form, id) : {};
      const version = textOf(form, `version.${id}`);
      return [
        { bookingId: id, version, decision: decision as 'cancel' | 'move', uses, ...consent },
      ];
    });
