import type { Yen } from '../../shared/money.ts';
import { daysBetween, type LocalDay } from '../../shared/time.ts';
import { spareShare, type Need } from './catalogue.ts';
import type { FoundPlan } from './plans.ts';
import type { Sentence } from '#api/shared/languages.ts';

/** One consideration of the order: what it is and how many of the hundred points it costs. */
export interface RankReason extends Sentence {
  readonly code: 'fit' | 'outdoor' | 'day' | 'near' | 'setup' | 'price' | 'publication';
  readonly pointsLost: number;
}

export interface RankedPlan<Plan extends FoundPlan = FoundPlan> {
  readonly plan: Plan;
  readonly score: number;
  readonly reasons: readonly RankReason[];
}

export interface PlanPrice {
  readonly totalYen: Yen;
  readonly isProvisional: boolean;
}

const most = {
  fit: 25,
  outdoor: 30,
  day: 20,
  near: 15,
  setup: 10,
  price: 25,
  publication: 5,
} as const;

const grouped = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

const fitOf = ({ rooms }: FoundPlan, needs: readonly Need[]): RankReason => {
  const counted = rooms.filter(
    ({ seat, needAt }) => seat.layout !== 'booths' && (needs[needAt]!.people ?? 0) > 0,
  );
  const people = counted.reduce((sum, { needAt }) => sum + needs[needAt]!.people!, 0);
  const seats = counted.reduce((sum, { seat }) => sum + seat.capacity, 0);
  const spare =
    counted.length === 0
      ? 0
      : counted.reduce((sum, { seat, needAt }) => {
          const need = needs[needAt]!;
          return sum + spareShare(seat, need.people) * need.people!;
        }, 0) / people;
  return {
    code: 'fit',
    pointsLost: Math.min(most.fit, Math.round(spare * 10)),
    ja: people === 0 ? '人数の指定はありません' : `定員${grouped(seats)}人に${grouped(people)}人`,
    en:
      people === 0
        ? 'no number of people was given'
        : `${grouped(people)} people in ${grouped(seats)} seats`,
  };
};

/** A field is no room: it stands behind every room, whatever it costs, unless it was asked for. */
const outdoorOf = ({ rooms }: FoundPlan, needs: readonly Need[]): RankReason[] => {
  const isUnasked = rooms.some(
    ({ part, needAt }) => part.roomClass === 'outdoor' && needs[needAt]!.roomClass !== 'outdoor',
  );
  if (!isUnasked) return [];
  const [ja, en] = ['屋外（ご希望にありません）', 'outdoors, which was not asked for'];
  return [{ code: 'outdoor', pointsLost: most.outdoor, ja, en }];
};

const dayOfPlan = ({ startsOn }: FoundPlan, wantedOn: LocalDay | undefined): RankReason => {
  if (wantedOn === undefined) {
    return { code: 'day', pointsLost: 0, ja: 'ご希望の期間内', en: 'within the days wanted' };
  }
  const days = daysBetween(wantedOn, startsOn);
  const apart = Math.abs(days);
  return {
    code: 'day',
    pointsLost: Math.min(most.day, apart),
    ja: apart === 0 ? 'ご希望の日から' : `ご希望の日の${apart}日${days < 0 ? '前' : '後'}から`,
    en:
      apart === 0
        ? 'on the day wanted'
        : `${apart} days ${days < 0 ? 'before' : 'after'} the day wanted`,
  };
};

const nearOf = ({ rooms }: FoundPlan): RankReason => {
  const floors = [...new Set(rooms.map(({ part }) => part.floor ?? ''))];
  const known = floors.filter((floor) => floor !== '').toSorted();
  const isOneRoom = new Set(rooms.map(({ part }) => part.roomId)).size === 1;
  const names = known.map((floor) => floor.replace(/F$/, '階')).join('・');
  if (isOneRoom) return { code: 'near', pointsLost: 0, ja: '一つの部屋', en: 'one room' };
  return {
    code: 'near',
    pointsLost: Math.min(most.near, (floors.length - 1) * 4),
    ja: floors.length === 1 ? `すべて${names || '同じ建物'}` : `同じ建物の${names || '複数の階'}`,
    en:
      floors.length === 1
        ? `all on ${known.join() || 'one site'}`
        : `one building, ${known.join(', ')}`,
  };
};

const setupOf = ({ rooms }: FoundPlan): RankReason[] => {
  const pieces = rooms.flatMap((room) => room.pieces.map((piece) => ({ ...piece, room })));
  const setups = pieces.filter(({ phase }) => phase === 'setup' || phase === 'teardown');
  if (setups.length === 0) return [];
  const days = new Set(setups.map(({ date, slots, phase }) => `${phase} ${date} ${slots.join()}`));
  const phases = new Set(setups.map(({ phase }) => phase));
  const isTogether = days.size <= phases.size;
  return [
    {
      code: 'setup',
      pointsLost: isTogether ? 0 : Math.min(most.setup, (days.size - phases.size) * 3),
      ja: isTogether ? '準備・撤去は全室同じ時間' : '準備・撤去の時間が部屋により異なる',
      en: isTogether ? 'all rooms are set up together' : 'rooms are set up at different times',
    },
  ];
};

/** All but the price, which is asked only for what is worth asking. */
export const rankBeforePrice = (
  plans: readonly FoundPlan[],
  ask: { readonly needs: readonly Need[]; readonly wantedOn?: LocalDay | undefined },
): RankedPlan[] =>
  plans
    .map((plan) => {
      const reasons = [
        fitOf(plan, ask.needs),
        ...outdoorOf(plan, ask.needs),
        dayOfPlan(plan, ask.wantedOn),
        nearOf(plan),
        ...setupOf(plan),
      ];
      return { plan, reasons, score: scoreOf(reasons) };
    })
    .toSorted(inOrder);

const scoreOf = (reasons: readonly RankReason[]) =>
  100 - reasons.reduce((sum, { pointsLost }) => sum + pointsLost, 0);

const roomsKey = ({ timeline, rooms }: FoundPlan) =>
  `${timeline.venue.id} ${rooms.map(({ part }) => part.id).join()}`;

/** Equal points: the earlier day, then the name; the order never depends on chance. */
const inOrder = (one: RankedPlan, other: RankedPlan): number =>
  other.score - one.score ||
  one.plan.startsOn.localeCompare(other.plan.startsOn) ||
  roomsKey(one.plan).localeCompare(roomsKey(other.plan));

const priceOf = (price: PlanPrice, cheapestYen: Yen): RankReason => {
  const over = price.totalYen - cheapestYen;
  const share = cheapestYen === 0 ? 0 : over / cheapestYen;
  return {
    code: 'price',
    pointsLost: Math.min(most.price, Math.round(share * 12)),
    ja: over === 0 ? '料金が最も安い' : `最も安い案より${grouped(over)}円高い`,
    en: over === 0 ? 'the cheapest' : `¥${grouped(over)} more than the cheapest`,
  };
};

const publicationOf = ({ isProvisional }: PlanPrice): RankReason => ({
  code: 'publication',
  pointsLost: isProvisional ? most.publication : 0,
  ja: isProvisional ? '暫定の料金を含む' : '公表された料金のみ',
  en: isProvisional ? 'some prices are provisional' : 'all prices are published',
});

/** The final order. A plan without a price stands last: nobody can say what it costs. */
export const rankWithPrices = <Price extends PlanPrice>(
  priced: readonly { readonly ranked: RankedPlan; readonly price: Price | undefined }[],
): (RankedPlan & { readonly price: Price | undefined })[] => {
  const cheapestYen = Math.min(...priced.flatMap(({ price }) => price?.totalYen ?? []));
  return priced
    .map(({ ranked, price }) => {
      const reasons = price
        ? [...ranked.reasons, priceOf(price, cheapestYen), publicationOf(price)]
        : ranked.reasons;
      return { plan: ranked.plan, reasons, score: price ? scoreOf(reasons) : 0, price };
    })
    .toSorted(inOrder);
};
