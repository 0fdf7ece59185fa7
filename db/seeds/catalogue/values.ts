import { z } from 'zod';
import { withoutInvisible } from '#api/shared/text.ts';

/** What PostgreSQL keeps as an integer. */
const integerMost = 2_147_483_647;
const yearsKnown = { from: 1900, until: 2999 };

/** Every object has these of itself: as names they would be found where nobody put them. */
const isOwnName = (text: string) => !(text in {});
const named = (form: RegExp, message: string) =>
  z.string().regex(form, message).refine(isOwnName, message);
export const code = named(
  /^[a-z0-9]+(?:[-+_][a-z0-9]+)*$/,
  '英小文字と数字の記号にしてください / not a code',
);
export const key = named(
  /^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/,
  '英小文字と数字の名前にしてください / not a key',
);

/** NUL and half of a pair are no text to the database; the others break lines where one is meant. */
const isPlain = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);
export const words = z
  .string()
  .overwrite((text) => withoutInvisible(text).trim())
  .min(1)
  .refine(isPlain, '制御文字や壊れた文字を含めないでください / control or broken characters');

const timeForm = '「09:00」のような時刻にしてください / not a time such as "09:00"';
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeForm);
/** The end of a day is a time to end at, never one to begin at. */
export const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, timeForm);

const dayForm =
  '「2024-04-01」のような、実在する日にしてください / not a day such as 2024-04-01 between 1900 and 2999';
export const day = z.iso.date(dayForm).refine((text) => {
  const year = Number(text.slice(0, 4));
  return year >= yearsKnown.from && year <= yearsKnown.until;
}, dayForm);

/** Of a span that may end with 29 February, a day only a leap year has. */
export const monthDay = z
  .string()
  .refine(
    (text) => z.iso.date().safeParse(`2000-${text}`).success,
    '「12-29」のような実在する月日にしてください / not a month and day such as "12-29"',
  );
/** Closed every year, so a day that every year has. */
export const closedMonthDay = z
  .string()
  .refine(
    (text) => z.iso.date().safeParse(`2001-${text}`).success,
    '「12-29」のような、毎年ある月日にしてください / not a day of every year such as "12-29"',
  );

const whole = (least: number, most: number) => z.int().min(least).max(most);
/** A share, up to all of it. */
export const shareBp = whole(0, 10_000);
/** Yen of a price or a limit. */
export const yen = whole(0, 2_000_000_000);
export const priceYen = whole(1, 2_000_000_000);
/** Hundredths of a yen. */
export const centiyen = whole(0, integerMost);
/** Ten thousandths; a surcharge may be many times the price. */
export const rateBp = whole(1, 1_000_000);
/** Days, hours, minutes of a rule: ten years of days is more than any. */
export const count = whole(0, 3_660);
export const countFromOne = whole(1, 3_660);
/** Things, seats, spaces. */
export const quantity = whole(0, 1_000_000);
export const capacity = whole(1, 1_000_000);
export const signedCount = whole(-3_660, 3_660);
export const sortOrder = whole(-1_000_000, 1_000_000);
/** Metres, square metres. */
export const measure = z.number().nonnegative().max(10_000_000);
export const measureAboveZero = z.number().positive().max(10_000_000);

export const names = { nameJa: words, nameEn: words };
export const roomClass = z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']);
export const ownerBody = z.enum(['prefecture', 'city']);
