import type { BookingUse } from '../../bookings/rules/booking.ts';
import { yenWords } from '../../fees/rules/wording.ts';
import { sumYen, taxInside, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import type { EquipmentItem, RequestState } from '../schema.ts';
import { groupedBy } from './stock.ts';

export interface PricedRequest {
  readonly id: string;
  readonly useId: string | null;
  readonly itemId: string;
  readonly quantity: number;
  /** What was really used; it decides, where it is known. */
  readonly actualQuantity: number | null;
  /** The price shown when it was asked for. */
  readonly unitFeeYen: Yen;
  readonly state: RequestState;
}

export interface EquipmentLine {
  readonly itemId: string;
  readonly requestIds: readonly string[];
  readonly useIds: readonly string[];
  readonly usedOn: LocalDay;
  readonly roomId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly quantity: number;
  readonly unitFeeYen: Yen;
  readonly amountYen: Yen;
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly publication: Publication;
  readonly source: string;
  /** Its amount is known only after the use. */
  readonly isOpen: boolean;
}

export interface EquipmentQuote {
  readonly lines: readonly EquipmentLine[];
  readonly totalYen: Yen;
  readonly taxYen: Yen;
  readonly isProvisional: boolean;
  readonly isOpen: boolean;
}

type Use = Pick<BookingUse, 'id' | 'usedOn' | 'roomId' | 'startsAt' | 'endsAt'>;

interface Counted {
  readonly request: PricedRequest;
  readonly item: EquipmentItem;
  readonly use: Use;
  readonly quantity: number;
}

const hour = 3_600_000;
const yenJa = (yen: Yen) => yenWords(yen).ja;
const yenEn = (yen: Yen) => yenWords(yen).en;

/** A day's price is paid once for what a room has that day, however many uses it has. */
const groupOf = ({ request, item, use }: Counted) =>
  item.priceUnit === 'day'
    ? [item.id, use.usedOn, use.roomId, request.unitFeeYen].join(' ')
    : request.id;

const startedHours = ({ startsAt, endsAt }: Use) =>
  Math.ceil((endsAt.getTime() - startsAt.getTime()) / hour);

interface Reckoned {
  readonly amountYen: Yen;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

const reckonMetered = (first: Counted): Reckoned => {
  const { request, item } = first;
  const { unitFeeYen: fee, actualQuantity } = request;
  const rate = `${yenJa(fee)}/${item.unitJa}`;
  if (actualQuantity === null) {
    return {
      amountYen: 0,
      reasonJa: `使用後に実績で精算します(${rate})`,
      reasonEn: `settled after use by what was measured (${yenEn(fee)} per ${item.unitEn})`,
    };
  }
  return {
    amountYen: actualQuantity * fee,
    reasonJa: `実績${actualQuantity}${item.unitJa} × ${yenJa(fee)}`,
    reasonEn: `${actualQuantity} ${item.unitEn} measured × ${yenEn(fee)}`,
  };
};

const reckon = (first: Counted, quantity: number): Reckoned => {
  const { request, item, use } = first;
  const fee = request.unitFeeYen;
  const piecesJa = `${quantity}${item.unitJa}`;
  const piecesEn = `${quantity} ${item.unitEn}`;
  switch (item.priceUnit) {
    case 'metered':
      return reckonMetered(first);
    case 'hour': {
      const hours = startedHours(use);
      return {
        amountYen: quantity * hours * fee,
        reasonJa: `1時間${yenJa(fee)} × ${hours}時間(1時間未満は切上げ) × ${piecesJa}`,
        reasonEn: `${yenEn(fee)} an hour × ${hours} started hours × ${piecesEn}`,
      };
    }
    case 'day':
      return {
        amountYen: quantity * fee,
        reasonJa: `1日${yenJa(fee)} × ${piecesJa}(同じ日・同じ部屋は1日分)`,
        reasonEn: `${yenEn(fee)} a day × ${piecesEn} (one day for all uses of a room)`,
      };
    case 'use':
      return {
        amountYen: quantity * fee,
        reasonJa: `1回${yenJa(fee)} × ${piecesJa}`,
        reasonEn: `${yenEn(fee)} a use × ${piecesEn}`,
      };
  }
};

const lineOf = (counted: readonly Counted[]): EquipmentLine => {
  const first = counted[0]!;
  const { item, use, request } = first;
  const quantity = Math.max(...counted.map((one) => one.quantity));
  return {
    itemId: item.id,
    requestIds: counted.map((one) => one.request.id),
    useIds: counted.map((one) => one.use.id),
    usedOn: use.usedOn,
    roomId: use.roomId,
    nameJa: item.nameJa,
    nameEn: item.nameEn,
    quantity,
    unitFeeYen: request.unitFeeYen,
    ...reckon(first, quantity),
    publication: item.publication,
    source: item.source,
    isOpen: item.priceUnit === 'metered' && request.actualQuantity === null,
  };
};

/** What was promised counts; what fell short or was dropped does not, unless it was used all the same. */
const isCounted = ({ state, actualQuantity }: PricedRequest) =>
  state === 'promised' || actualQuantity !== null;

const inOrder = (a: EquipmentLine, b: EquipmentLine, rank: ReadonlyMap<string, number>) =>
  a.usedOn.localeCompare(b.usedOn) ||
  a.roomId.localeCompare(b.roomId) ||
  rank.get(a.itemId)! - rank.get(b.itemId)!;

/** What the equipment of a booking costs, line by line, each with its reason; tax is inside. */
export const quoteEquipment = (
  requests: readonly PricedRequest[],
  items: readonly EquipmentItem[],
  uses: readonly Use[],
): EquipmentQuote => {
  const itemById = new Map(items.map((item) => [item.id, item]));
  const useById = new Map(uses.map((use) => [use.id as string, use]));
  const counted = requests.filter(isCounted).flatMap((request): Counted[] => {
    const item = itemById.get(request.itemId);
    const use = request.useId === null ? undefined : useById.get(request.useId);
    const quantity = request.actualQuantity ?? request.quantity;
    return item && use ? [{ request, item, use, quantity }] : [];
  });
  const rank = new Map(items.map(({ id, sortOrder }) => [id, sortOrder]));
  const lines = [...groupedBy(counted, groupOf).values()]
    .map(lineOf)
    .sort((a, b) => inOrder(a, b, rank));
  const totalYen = sumYen(lines.map(({ amountYen }) => amountYen));
  return {
    lines,
    totalYen,
    taxYen: taxInside(totalYen),
    isProvisional: lines.some(({ publication }) => publication === 'provisional'),
    isOpen: lines.some(({ isOpen }) => isOpen),
  };
};
