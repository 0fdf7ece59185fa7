import type { AskedUse } from '../../fees/schema.ts';
import type { LocalDay } from '../../shared/time.ts';
import { addDays, daysBetween, localDaySchema } from '../../shared/time.ts';
import type { SeriesChange } from '../schema.ts';

/** One way in which an occurrence may differ from its plan, to be written in one word of a form. */
export type Deviation =
  | { readonly kind: 'time'; readonly positions: readonly number[]; readonly band: string }
  | {
      readonly kind: 'place';
      readonly positions: readonly number[];
      readonly configuration: string;
    }
  | { readonly kind: 'day'; readonly date: LocalDay };

export const keyOf = (deviation: Deviation): string => {
  switch (deviation.kind) {
    case 'time':
      return `time:${deviation.positions.join(',')}:${deviation.band}`;
    case 'place':
      return `place:${deviation.positions.join(',')}:${deviation.configuration}`;
    case 'day':
      return `day::${deviation.date}`;
  }
};

/** Reads such a word again; anything else is none. */
export const deviationOf = (key: string): Deviation | undefined => {
  const [kind, places = '', value = ''] = key.split(':');
  const positions = places === '' ? [] : places.split(',').map(Number);
  if (kind === 'day') {
    const date = localDaySchema.safeParse(value);
    return date.success ? { kind, date: date.data } : undefined;
  }
  if (value === '' || positions.length === 0 || positions.some(Number.isNaN)) return undefined;
  if (kind === 'time') return { kind, positions, band: value };
  return kind === 'place' ? { kind, positions, configuration: value } : undefined;
};

/** `big-palette.exhibition-hall.a+b` stands in the room `big-palette.exhibition-hall`. */
const roomOf = (configurationId: string) => configurationId.replace(/\.[^.]*$/, '');

/** The uses of an occurrence of that date, changed in this one way. */
export const deviate = <Use extends Pick<AskedUse, 'room' | 'configuration' | 'date' | 'band'>>(
  uses: readonly Use[],
  deviation: Deviation,
  plannedOn: LocalDay,
): Use[] =>
  uses.map((use, position) => {
    if (deviation.kind === 'day') {
      return { ...use, date: addDays(use.date, daysBetween(plannedOn, deviation.date)) };
    }
    if (!deviation.positions.includes(position)) return use;
    if (deviation.kind === 'time') return { ...use, band: deviation.band };
    const { configuration } = deviation;
    return { ...use, room: roomOf(configuration), configuration };
  });

/**
 * The change of a series on the uses of one booking. The room moves with everything that stands in the
 * room of the event; time, layout and people are those of the event itself.
 */
export const changeUses = <
  Use extends Pick<AskedUse, 'room' | 'configuration' | 'band' | 'phase' | 'layout' | 'attendance'>,
>(
  uses: readonly Use[],
  change: SeriesChange,
): Use[] => {
  const main = uses.find(({ phase }) => phase === 'event') ?? uses[0];
  return uses.map((use) => {
    const isEvent = use.phase === main?.phase;
    const moves = change.configuration !== undefined && use.configuration === main?.configuration;
    return {
      ...use,
      ...(moves
        ? { room: roomOf(change.configuration!), configuration: change.configuration }
        : {}),
      ...(isEvent && change.band !== undefined ? { band: change.band } : {}),
      ...(isEvent && change.layout !== undefined ? { layout: change.layout } : {}),
      ...(isEvent && change.attendance !== undefined && use.attendance !== undefined
        ? { attendance: change.attendance }
        : {}),
    };
  });
};
