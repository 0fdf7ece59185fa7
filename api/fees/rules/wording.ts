import type { Sentence } from '#api/shared/languages.ts';
import type { BasisPoints, Yen } from '#api/shared/money.ts';
import type { LocalDay } from '#api/shared/time.ts';
import type { ExtraCode, lineKinds, Phase } from '../schema.ts';

const grouped = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

export const yenWords = (amount: Yen): Sentence => ({
  ja: `${grouped(amount)}円`,
  en: `¥${grouped(amount)}`,
});

export const percentWords = (rateBp: BasisPoints): string => `${rateBp / 100}%`;

export const dayWords = (day: LocalDay): Sentence => {
  const [year, month, date] = day.split('-').map(Number);
  return { ja: `${year}年${month}月${date}日`, en: day };
};

export const monthWords = (day: LocalDay): Sentence => {
  const [year, month] = day.split('-').map(Number);
  return { ja: `${year}年${month}月`, en: day.slice(0, 7) };
};

const clockJa = (time: string) => {
  const [hour, minute] = time.split(':').map(Number);
  return minute ? `${hour}時${minute}分` : `${hour}時`;
};

export const clockWords = (time: string): Sentence => ({ ja: clockJa(time), en: time });

export const spanWords = (startsTime: string, endsTime: string): Sentence => ({
  ja: `${clockJa(startsTime)}〜${clockJa(endsTime)}`,
  en: `${startsTime}–${endsTime}`,
});

export const phaseWords: Readonly<Record<Phase, Sentence>> = {
  setup: { ja: '準備', en: 'set-up' },
  event: { ja: '本番', en: 'event' },
  rehearsal: { ja: 'リハーサル', en: 'rehearsal' },
  teardown: { ja: '撤去', en: 'take-down' },
  storage: { ja: '保管', en: 'storage' },
};

export const extraWords: Readonly<Record<ExtraCode, Sentence>> = {
  cooling: { ja: '冷房', en: 'cooling' },
  heating: { ja: '暖房', en: 'heating' },
  wired_lan: { ja: '有線LAN', en: 'wired LAN' },
};

/** What stands on a quote beside the rooms. */
export const besideWords: Readonly<Record<Exclude<(typeof lineKinds)[number], 'room'>, Sentence>> =
  {
    ...extraWords,
    overtime: { ja: '時間外使用', en: 'out-of-hours use' },
    admission: { ja: '入場料による加算', en: 'admission surcharge' },
  };

export const durationWords = (minutes: number): Sentence => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (rest === 0) return { ja: `${hours}時間`, en: `${hours} h` };
  if (hours === 0) return { ja: `${rest}分`, en: `${rest} min` };
  return { ja: `${hours}時間${rest}分`, en: `${hours} h ${rest} min` };
};

/** Written reasons are whole sentences; inside a longer one they lose their full stop. */
export const bare = (sentence: string): string => sentence.trim().replace(/[。.]$/, '');

export const joinSentences = (sentences: readonly Sentence[]): Sentence => ({
  ja: sentences.map(({ ja }) => ja).join('。'),
  en: sentences.map(({ en }) => en).join('. '),
});
