import type { Booking } from '../bookings/rules/booking.ts';
import { decideSettlement } from '../bookings/rules/transitions.ts';
import type { EquipmentQuote } from '../equipment/rules/price.ts';
import type { QuoteLine } from '../fees/rules/line.ts';
import { letterTo, type Letter, type Reader } from '../shared/letter.ts';
import type { Actor } from '../shared/actor.ts';
import { sumYen, taxInside, type Yen } from '../shared/money.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import { localDay } from '../shared/time.ts';
import { dayWithWeekday, yenText } from '../shared/wording.ts';
import type { Publication } from '../venues/schema.ts';
import { settlementErrors } from './errors.ts';

export interface SettlementLine {
  readonly kind: 'overtime' | 'equipment' | 'utility';
  readonly usedOn: string;
  /** Missing where it was settled before rooms were kept. */
  readonly roomId?: string | undefined;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly amountYen: Yen;
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly publication: Publication;
  readonly source: string;
}

/** What is owed beside the fee once the event is over. */
export interface Settlement {
  readonly lines: readonly SettlementLine[];
  readonly totalYen: Yen;
  readonly taxYen: Yen;
  readonly isProvisional: boolean;
  /** Equipment whose actual use is not entered, and readings nobody has checked. */
  readonly openEquipment: boolean;
  readonly openReadings: number;
}

type OvertimeLine = Pick<
  QuoteLine,
  'kind' | 'date' | 'configurationId' | 'amountYen' | 'publication' | 'source'
> &
  Pick<QuoteLine, 'roomId' | 'roomNameJa' | 'roomNameEn' | 'reasonJa' | 'reasonEn' | 'useIndexes'>;

const sameTime = (one: OvertimeLine, other: OvertimeLine) =>
  one.date === other.date && one.configurationId === other.configurationId;

const yenWords = (yen: Yen) => String(yen).replace(/\B(?=(\d{3})+$)/g, ',');

/** Out-of-hours time people really took beyond what they had booked and paid for; less is not given back. */
export const overtimeLines = (
  booked: readonly OvertimeLine[],
  actual: readonly OvertimeLine[],
): SettlementLine[] => {
  const groups = actual.filter(
    (line, at) => actual.findIndex((other) => sameTime(line, other)) === at,
  );
  return groups.flatMap((line): SettlementLine[] => {
    const taken = actual.filter((other) => sameTime(line, other));
    const takenYen = sumYen(taken.map(({ amountYen }) => amountYen));
    const paidYen = sumYen(
      booked.filter((other) => sameTime(line, other)).map(({ amountYen }) => amountYen),
    );
    const amountYen = Math.max(0, takenYen - paidYen);
    if (amountYen === 0) return [];
    const ja = taken.map(({ reasonJa }) => reasonJa).join('、');
    const en = taken.map(({ reasonEn }) => reasonEn).join('; ');
    return [
      {
        kind: 'overtime',
        usedOn: line.date,
        roomId: line.roomId,
        nameJa: `${line.roomNameJa} 時間外`,
        nameEn: `${line.roomNameEn}, out of hours`,
        amountYen,
        reasonJa: paidYen > 0 ? `${ja}。予約済みの時間外 ${yenWords(paidYen)}円を差し引きます` : ja,
        reasonEn: paidYen > 0 ? `${en}; less ¥${yenWords(paidYen)} booked` : en,
        publication: line.publication,
        source: line.source,
      },
    ];
  });
};

interface UtilityReading {
  readonly usedOn: string;
  readonly roomId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly chargedYen: Yen | null;
  readonly line: {
    readonly reasonJa: string;
    readonly reasonEn: string;
    readonly publication: Publication;
    readonly source: string;
  } | null;
}

type Sourced = Pick<SettlementLine, 'reasonJa' | 'reasonEn' | 'publication' | 'source'>;
const sourceOf = ({ reasonJa, reasonEn, publication, source }: Sourced): Sourced => ({
  reasonJa,
  reasonEn,
  publication,
  source,
});

export const utilityLines = (readings: readonly UtilityReading[]): SettlementLine[] =>
  readings.flatMap(({ usedOn, roomId, nameJa, nameEn, chargedYen, line }) => {
    const amountYen = chargedYen ?? 0;
    const named = { kind: 'utility' as const, usedOn, roomId, nameJa, nameEn, amountYen };
    return line ? [{ ...named, ...sourceOf(line) }] : [];
  });

export const equipmentLines = ({ lines }: EquipmentQuote): SettlementLine[] =>
  lines.map((line) => ({
    kind: 'equipment',
    usedOn: line.usedOn,
    roomId: line.roomId,
    nameJa: line.nameJa,
    nameEn: line.nameEn,
    amountYen: line.amountYen,
    ...sourceOf(line),
  }));

/** One document: tax is rounded once, on its sum. */
export const settlementOf = (
  lines: readonly SettlementLine[],
  open: Pick<Settlement, 'openEquipment' | 'openReadings'>,
): Settlement => {
  const totalYen = sumYen(lines.map(({ amountYen }) => amountYen));
  return {
    lines: [...lines].sort((one, other) => one.usedOn.localeCompare(other.usedOn)),
    totalYen,
    taxYen: taxInside(totalYen),
    isProvisional: lines.some(
      ({ publication, amountYen }) => publication === 'provisional' && amountYen !== 0,
    ),
    ...open,
  };
};

/** Nothing is settled on guesses: every reading is checked, every use entered, the sum the one shown. */
export const decideSettling = (
  booking: Booking,
  settlement: Settlement,
  asked: { readonly actor: Actor; readonly now: Date; readonly totalYen: Yen },
): Result<Settlement> => {
  const settled = decideSettlement(booking, { actor: asked.actor, now: asked.now });
  if (!settled.ok) return settled;
  if (settlement.openReadings > 0) {
    return refuse(settlementErrors.readings_open({ params: { count: settlement.openReadings } }));
  }
  if (settlement.openEquipment) return refuse(settlementErrors.equipment_open());
  if (asked.totalYen !== settlement.totalYen) {
    const { totalYen } = settlement;
    const params = { total: yenWords(totalYen) };
    return refuse(settlementErrors.changed({ params, detail: { totalYen } }));
  }
  return ok(settlement);
};

/** What the organizer is told of a settlement. */
export const settlementMail = (
  booking: Pick<Booking, 'id' | 'number' | 'title'>,
  { lines, totalYen }: Pick<Settlement, 'lines' | 'totalYen'>,
  to: Reader,
): Letter =>
  letterTo(to, {
    subject: { ja: 'ご利用の精算について', en: 'The settlement of your use' },
    about: booking.number,
    lines: [
      {
        ja: `「${booking.title}」のご利用、ありがとうございました。附属設備・光熱水・時間外の精算が済みました。`,
        en: `Thank you for holding “${booking.title}” here. Equipment, utilities and hours are settled.`,
      },
      '',
      ...lines.map((line) => {
        const day = dayWithWeekday(localDay(line.usedOn), to.language);
        const amount = yenText(line.amountYen, to.language);
        return {
          ja: `${day} ${line.nameJa}：${amount}`,
          en: `${day}, ${line.nameEn}: ${amount}`,
        };
      }),
      [
        { ja: '精算額', en: 'Total' },
        { ja: `${yenText(totalYen)}（税込）`, en: `${yenText(totalYen, 'en')} (with tax)` },
      ],
      '',
      totalYen > 0
        ? {
            ja: '内訳とお支払いの方法は、次のページでご確認ください。',
            en: 'What it is made of and how to pay is on the page below.',
          }
        : { ja: '追加のお支払いはありません。', en: 'There is nothing more to pay.' },
      '',
      [
        { ja: '精算のページ', en: 'Settlement' },
        `${to.publicUrl}/bookings/${booking.id}/settlement`,
      ],
    ],
  });
