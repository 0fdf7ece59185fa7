import type { chargeEventKinds } from '../../payments/rules/ledger.ts';
import { sumYen, wholeYen, type Yen } from '../../shared/money.ts';

export const revenueCategories = [
  'exhibition',
  'convention',
  'hall',
  'meeting',
  'outdoor',
  'extra',
  'overtime',
  'equipment',
  'utility',
  'cancellation',
  'change',
  'other',
] as const;
export type RevenueCategory = (typeof revenueCategories)[number];

/**
 * Shares a sum out by weights so that the shares add up to it exactly: fractions of a yen are dropped,
 * and the yen left over go where most was dropped.
 */
export const shareOut = (amountYen: Yen, weights: readonly number[]): Yen[] => {
  const whole = BigInt(sumYen(weights));
  if (whole === 0n) return weights.map((_, at) => (at === 0 ? wholeYen(amountYen) : 0));
  const sign = amountYen < 0 ? -1 : 1;
  const amount = BigInt(Math.abs(amountYen));
  const shares = weights.map((weight, at) => {
    const product = amount * BigInt(weight);
    return { at, yen: Number(product / whole), dropped: product % whole };
  });
  let left = Math.abs(amountYen) - sumYen(shares.map(({ yen }) => yen));
  const byDropped = [...shares].sort((one, other) =>
    one.dropped === other.dropped ? one.at - other.at : one.dropped < other.dropped ? 1 : -1,
  );
  for (const share of byDropped) {
    if (left <= 0) break;
    share.yen += 1;
    left -= 1;
  }
  return shares.map(({ yen }) => sign * yen);
};

/** What a charge was made of: a line of its quote or settlement. */
export interface RevenuePart {
  readonly category: RevenueCategory;
  readonly roomId: string | null;
  readonly amountYen: Yen;
}

export interface RevenueFact {
  readonly kind: (typeof chargeEventKinds)[number];
  readonly month: string;
  readonly amountYen: Yen;
  readonly chargeKind: 'booking' | 'amendment' | 'settlement' | 'cancellation' | 'change';
  readonly parts: readonly RevenuePart[];
}

/** Money that came or went in a month, whatever it was for. */
export interface MoneyFact {
  readonly month: string;
  readonly method: string;
  readonly isIn: boolean;
  /** Positive: received; negative: returned. */
  readonly amountYen: Yen;
}

/** A kept fee goes by the rooms given up, under a name of its own. */
const categoryOf = (fact: RevenueFact, part: RevenuePart): RevenueCategory =>
  fact.chargeKind === 'cancellation' || fact.chargeKind === 'change'
    ? fact.chargeKind
    : part.category;

const none: RevenuePart = { category: 'other', roomId: null, amountYen: 0 };

/** A fact by the lines of its charge; what they add up to is the fact. */
export const partsOf = (fact: RevenueFact): RevenuePart[] => {
  const weighted = fact.parts.filter(({ amountYen }) => amountYen > 0);
  const parts = weighted.length > 0 ? weighted : [none];
  const shares = shareOut(
    fact.amountYen,
    parts.map(({ amountYen }) => amountYen),
  );
  return parts.map((part, at) => ({
    category: categoryOf(fact, part),
    roomId: part.roomId,
    amountYen: shares[at]!,
  }));
};

const summed = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  yenOf: (item: Item) => Yen,
): Map<string, Yen> => {
  const sums = new Map<string, Yen>();
  for (const item of items) {
    const key = keyOf(item);
    sums.set(key, (sums.get(key) ?? 0) + yenOf(item));
  }
  return sums;
};

const yenOf = ({ amountYen }: { readonly amountYen: Yen }) => amountYen;

const monthRows = (facts: readonly RevenueFact[], money: readonly MoneyFact[]) => {
  const months = [...new Set([...facts, ...money].map(({ month }) => month))].sort();
  const monthOf = ({ month }: { readonly month: string }) => month;
  const chargedBy = summed(
    facts.filter(({ kind }) => kind === 'charged'),
    monthOf,
    yenOf,
  );
  const takenBackBy = summed(
    facts.filter(({ kind }) => kind !== 'charged'),
    monthOf,
    yenOf,
  );
  const receivedBy = summed(
    money.filter(({ isIn }) => isIn),
    monthOf,
    yenOf,
  );
  const returnedBy = summed(
    money.filter(({ isIn }) => !isIn),
    monthOf,
    yenOf,
  );
  return months.map((month) => {
    const chargedYen = chargedBy.get(month) ?? 0;
    const takenBackYen = takenBackBy.get(month) ?? 0;
    const receivedYen = receivedBy.get(month) ?? 0;
    const returnedYen = returnedBy.get(month) ?? 0;
    const revenueYen = chargedYen + takenBackYen;
    return { month, chargedYen, takenBackYen, revenueYen, receivedYen, returnedYen };
  });
};

export interface RoomName {
  readonly roomId: string;
  readonly nameJa: string;
  readonly nameEn: string;
}

/** Charged less taken back, by month, room and category; and the money of the same time by method. */
export const revenueOf = (
  facts: readonly RevenueFact[],
  money: readonly MoneyFact[],
  rooms: readonly RoomName[],
) => {
  const parts = facts.filter(({ amountYen }) => amountYen !== 0).flatMap(partsOf);
  const byRoom = summed(parts, ({ roomId }) => roomId ?? '', yenOf);
  const byCategory = summed(parts, ({ category }) => category, yenOf);
  const unplacedYen = byRoom.get('');
  const months = monthRows(facts, money);
  const total = (column: Exclude<keyof (typeof months)[number], 'month'>) =>
    sumYen(months.map((row) => row[column]));
  const methods = [...new Set(money.map(({ method }) => method))].sort();
  const sumOfMethod = (method: string, isIn: boolean) =>
    sumYen(
      money
        .filter((fact) => fact.method === method && fact.isIn === isIn)
        .map(({ amountYen }) => amountYen),
    );
  return {
    totals: {
      chargedYen: total('chargedYen'),
      takenBackYen: total('takenBackYen'),
      revenueYen: total('revenueYen'),
      receivedYen: total('receivedYen'),
      returnedYen: total('returnedYen'),
    },
    months,
    rooms: [
      ...rooms
        .filter(({ roomId }) => byRoom.has(roomId))
        .map((room) => ({ ...room, amountYen: byRoom.get(room.roomId)! })),
      ...(unplacedYen === undefined
        ? []
        : [{ roomId: null, nameJa: null, nameEn: null, amountYen: unplacedYen }]),
    ],
    categories: revenueCategories
      .filter((category) => byCategory.has(category))
      .map((category) => ({ category, amountYen: byCategory.get(category)! })),
    methods: methods.map((method) => ({
      method,
      receivedYen: sumOfMethod(method, true),
      returnedYen: sumOfMethod(method, false),
    })),
  };
};

export const revenueDefinition = {
  definitionJa:
    '収入は、請求した額から減額・値引き・取消を差し引いたもので、帳簿の計上日で数えます（入金の有無は問いません）。部屋と区分には、請求したときの見積・精算の明細の割合で1円まで分けます。取消料・変更料は使わなかった部屋に分けます。減免額は、この期間に初めて請求した予約（取り消したものを除く）について、いまの見積で減額している額です。',
  definitionEn:
    'Revenue is what was charged less what was reduced, taken off or taken back, by the day of the books, whether it has been paid or not. It is shared to rooms and categories by the lines of the quote in force when it was charged or of the settlement, to the yen. Cancellation and change fees go by the rooms given up. Reductions are what the newest quote takes off for bookings first charged in this period that still stand.',
} as const;

type Revenue = ReturnType<typeof revenueOf>;

/** Every figure of the report as a table of its own rows. */
export const revenueTable = (
  report: Omit<Revenue, 'totals'> & {
    readonly reductions: readonly { nameJa: string; bookingCount: number; costYen: Yen }[];
  },
): (string | number)[][] => [
  ['表', '項目', '金額', '内訳1', '内訳2'],
  ...report.months.map((row) => [
    '月別収入（金額・請求・減額取消）',
    row.month,
    row.revenueYen,
    row.chargedYen,
    row.takenBackYen,
  ]),
  ...report.rooms.map((row) => [
    '部屋別',
    row.nameJa ?? '部屋に分けないもの',
    row.amountYen,
    '',
    '',
  ]),
  ...report.categories.map((row) => ['区分別', row.category, row.amountYen, '', '']),
  ...report.methods.map((row) => [
    '入金方法別（差引・入金・還付）',
    row.method,
    row.receivedYen + row.returnedYen,
    row.receivedYen,
    row.returnedYen,
  ]),
  ...report.reductions.map((row) => [
    '減免（減免額・件数）',
    row.nameJa,
    row.costYen,
    row.bookingCount,
    '',
  ]),
];
