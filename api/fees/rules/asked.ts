import { roomErrors } from '#api/rooms/errors.ts';
import type { AppError, ErrorField } from '#api/shared/error.ts';
import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { LocalDay } from '#api/shared/time.ts';
import { slotErrors } from '#api/slots/errors.ts';
import { feesErrors } from '../errors.ts';
import type { AskedUse } from '../schema.ts';
import type { PricedCatalogue, PricedConfiguration } from './catalogue.ts';
import type { QuoteUse } from './line.ts';
import { dayWords } from './wording.ts';

interface Complaint {
  readonly error: (options: { fields: readonly ErrorField[] }) => AppError;
  readonly field: ErrorField;
}

const unknownRoom = (use: AskedUse, index: number): Complaint => ({
  error: roomErrors.not_in_venue,
  field: {
    path: `uses.${index}.room`,
    code: 'rooms.not_in_venue',
    ja: `この施設に「${use.room}」という部屋はありません。部屋を選び直してください。`,
    en: `This venue has no room “${use.room}”. Please choose another one.`,
  },
});

const unknownConfiguration = (use: AskedUse, index: number): Complaint => ({
  error: roomErrors.unknown_configuration,
  field: {
    path: `uses.${index}.configuration`,
    code: 'rooms.unknown_configuration',
    ja: `この部屋に「${use.configuration}」という使い方はありません。選び直してください。`,
    en: `This room has no configuration “${use.configuration}”. Please choose another one.`,
  },
});

const unknownBand = (use: AskedUse, index: number): Complaint => ({
  error: (options) => slotErrors.unknown_band({ params: { band: use.band }, ...options }),
  field: {
    path: `uses.${index}.band`,
    code: 'slots.unknown_band',
    ja: `「${use.band}」という利用区分はありません。区分を選び直してください。`,
    en: `There is no band “${use.band}”. Please choose another one.`,
  },
});

const minutesOf = (hours: number) => Math.ceil(Math.round(hours * 3_600) / 60);

const useOf = (use: AskedUse, index: number, configurationId: string): QuoteUse => ({
  index,
  configurationId,
  date: use.date,
  bandCode: use.band,
  phase: use.phase,
  earlyMinutes: minutesOf(use.earlyHours),
  lateMinutes: minutesOf(use.lateHours),
  coolingMinutes: minutesOf(use.coolingHours),
  heatingMinutes: minutesOf(use.heatingHours),
  wiredLan: use.wiredLan,
});

const wholeRoom = 'all';

const configurationOf = (use: AskedUse, ofRoom: readonly PricedConfiguration[]) => {
  const asked = use.configuration ?? wholeRoom;
  return ofRoom.find(({ id, code }) => id === asked || code === asked);
};

const resolve = (
  use: AskedUse,
  index: number,
  catalogue: PricedCatalogue,
): { use: QuoteUse } | Complaint => {
  const ofRoom = [...catalogue.configurations.values()].filter(
    ({ roomId, roomCode }) => roomId === use.room || roomCode === use.room,
  );
  if (ofRoom.length === 0) return unknownRoom(use, index);
  const configuration = configurationOf(use, ofRoom);
  if (!configuration) return unknownConfiguration(use, index);
  if (!catalogue.bands.some(({ code }) => code === use.band)) return unknownBand(use, index);
  return { use: useOf(use, index, configuration.id) };
};

/** Codes and hours as people give them, read against the venue; all that is unknown is named at once. */
export const resolveUses = (
  asked: readonly AskedUse[],
  catalogue: PricedCatalogue,
): Result<QuoteUse[]> => {
  const uses: QuoteUse[] = [];
  const complaints: Complaint[] = [];
  for (const [index, use] of asked.entries()) {
    const resolved = resolve(use, index, catalogue);
    if ('use' in resolved) uses.push(resolved.use);
    else complaints.push(resolved);
  }
  const [first] = complaints;
  return first ? refuse(first.error({ fields: complaints.map(({ field }) => field) })) : ok(uses);
};

/** A quote is for days to come, today included. */
export const decideDays = (
  asked: readonly { readonly date: LocalDay }[],
  today: LocalDay,
): Result<void> => {
  const past = asked.flatMap(({ date }, index) => (date < today ? [{ index, date }] : []));
  const [first] = past;
  if (!first) return ok(undefined);
  const fields = past.map(({ index, date }) => ({
    path: `uses.${index}.date`,
    code: 'fees.past_day',
    ja: `${dayWords(date).ja}は過ぎています。今日以降の日を選んでください。`,
    en: `${date} has passed. Please choose today or a later day.`,
  }));
  return refuse(feesErrors.past_day({ params: { date: first.date }, fields }));
};
