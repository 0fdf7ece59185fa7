import type { definitions } from '../schema.ts';

/** What is counted: days or slots, and whether set-up and the like count beside the event. */
export interface Definition {
  readonly definition: (typeof definitions)[number];
  readonly countsSetup: boolean;
}

const counted = {
  day: {
    ja: '日数単位: 部屋のどこかが一区分でも使われた日を1日と数え、同じ日に二件あっても1日です。これを開館日数で割ります。',
    en: 'By days: a day on which any part of the room was used in any slot counts once, also with two uses. Divided by the days the room was open.',
  },
  slot: {
    ja: '区分単位: 使われた区分(午前・午後・夜間など)の数を、開館日に貸し出せる区分の数で割ります。分割できる部屋は、一部の使用でも1区分です。',
    en: 'By slots: slots used, divided by the slots on offer on open days. A slot of a room that divides counts once if any part was used.',
  },
} as const;

const switched = {
  counted: {
    ja: '準備・撤去・リハーサル・保管だけの使用も数えます。',
    en: 'Use for set-up, take-down, rehearsal or storage alone is counted.',
  },
  left_out: {
    ja: '準備・撤去・リハーサル・保管だけの使用は数えません。',
    en: 'Use for set-up, take-down, rehearsal or storage alone is not counted.',
  },
} as const;

const always = {
  ja: '承認済み・使用中・精算済みの予約だけを数え、部屋のどこも貸せなかった休館・休止の時間は分母からも除き、その間に使われたときは数えます。複数の部屋をまとめた値は、分子の合計を分母の合計で割ります。',
  en: 'Only approved, running and settled bookings count; times in which no part of a room could be let are left out of the denominator unless it was used. Rooms measured together: sum of numerators over sum of denominators.',
} as const;

/** The definition in words; a figure is never shown without it. */
export const definitionInWords = ({ definition, countsSetup }: Definition) => {
  const setup = countsSetup ? switched.counted : switched.left_out;
  return {
    definition,
    countsSetup,
    ja: `${counted[definition].ja}${setup.ja}${always.ja}`,
    en: `${counted[definition].en} ${setup.en} ${always.en}`,
  };
};
