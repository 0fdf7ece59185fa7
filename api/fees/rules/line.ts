import type { Yen } from '#api/shared/money.ts';
import type { LocalDay } from '#api/shared/time.ts';
import type { Publication } from '#api/venues/schema.ts';
import type { CustomerClass, DayType, lineKinds, Phase } from '../schema.ts';
import type { PricedConfiguration } from './catalogue.ts';
import type { Circumstances, QuoteStep } from './steps.ts';
import { bare } from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

/** One room in one band of one day, to be priced. */
export interface QuoteUse {
  /** The place of the use in what was asked; lines and refusals name it. */
  readonly index: number;
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly bandCode: string;
  readonly phase: Phase;
  /** Out-of-hours time before and after the band. */
  readonly earlyMinutes: number;
  readonly lateMinutes: number;
  readonly coolingMinutes: number;
  readonly heatingMinutes: number;
  readonly wiredLan: boolean;
}

export interface QuoteInput extends Circumstances {
  readonly uses: readonly QuoteUse[];
  readonly customerClass: CustomerClass;
}

export interface QuoteLine {
  readonly kind: (typeof lineKinds)[number];
  readonly tariffId: string;
  readonly useIndexes: readonly number[];
  readonly roomId: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly configurationId: string;
  readonly configurationNameJa: string;
  readonly configurationNameEn: string;
  readonly date: LocalDay;
  readonly bandCode?: string;
  readonly phase?: Phase;
  readonly dayType?: DayType;
  readonly side?: 'early' | 'late';
  readonly quantity: number;
  readonly unit: 'band' | 'hour' | 'room_day';
  readonly unitYen: Yen;
  readonly baseYen: Yen;
  readonly steps: readonly QuoteStep[];
  readonly amountYen: Yen;
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly publication: Publication;
  readonly source: string;
}

export interface QuoteWarning extends Sentence {
  readonly code: string;
  /** Places in `lines`; empty where the warning speaks of no line. */
  readonly lineIndexes: readonly number[];
}

/** A warning of one line, before those that say the same are told once. */
export type LineWarning = Omit<QuoteWarning, 'lineIndexes'>;

export interface PricedLine {
  readonly line: QuoteLine;
  readonly warnings: readonly LineWarning[];
}

export const namesOf = (configuration: PricedConfiguration) => ({
  roomId: configuration.roomId,
  roomNameJa: configuration.roomNameJa,
  roomNameEn: configuration.roomNameEn,
  configurationId: configuration.id,
  configurationNameJa: configuration.nameJa,
  configurationNameEn: configuration.nameEn,
});

/** `多目的展示ホール 全面`; a room sold only whole is called by its own name. */
export const placeWords = ({
  nameJa,
  nameEn,
  roomNameJa,
  roomNameEn,
}: PricedConfiguration): Sentence => ({
  ja: nameJa.includes(roomNameJa) ? nameJa : `${roomNameJa} ${nameJa}`,
  en: nameEn.includes(roomNameEn) ? nameEn : `${roomNameEn}, ${nameEn}`,
});

/** The source of a provisional price says by which written rule it was derived. */
export const provisionalPriceWarning = (what: Sentence, source: string): LineWarning => ({
  code: 'fees.provisional_price',
  ja: `${what.ja}の料金は公表されていないため、暫定の金額です（${source}）。`,
  en: `The price of ${what.en} has not been published; the amount is provisional.`,
});

interface WrittenRule {
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly source: string;
}

export const provisionalRuleWarning = ({ reasonJa, reasonEn, source }: WrittenRule) => ({
  code: 'fees.provisional_rule',
  ja: `「${bare(reasonJa)}」には公表されていない部分があるため、暫定です（${source}）。`,
  en: `“${bare(reasonEn)}” has parts that have not been published and is provisional.`,
});
