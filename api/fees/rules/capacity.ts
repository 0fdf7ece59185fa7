import { roomErrors } from '#api/rooms/errors.ts';
import type { Room } from '#api/rooms/schema.ts';
import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { AskedUse } from '../schema.ts';
import type { QuoteUse } from './line.ts';

/** Booths are counted in booths, not in people; where no layout is asked for, the roomiest counts. */
const capacityOf = (
  rooms: readonly Room[],
  use: QuoteUse,
  layout: AskedUse['layout'],
): number | undefined => {
  const capacities = rooms
    .flatMap(({ configurations }) => configurations)
    .filter(({ id }) => id === use.configurationId)
    .flatMap(({ layouts }) => layouts)
    .filter((one) => one.layout !== 'booths' && (layout === undefined || one.layout === layout))
    .map(({ capacity }) => capacity);
  return capacities.length > 0 ? Math.max(...capacities) : undefined;
};

/** Whether everybody finds a place; an unknown capacity refuses nobody. */
export const decideCapacities = (
  asked: readonly AskedUse[],
  uses: readonly QuoteUse[],
  rooms: readonly Room[],
): Result<void> => {
  const exceeded = uses.flatMap((use) => {
    const { attendance, layout } = asked[use.index]!;
    const capacity = capacityOf(rooms, use, layout);
    return attendance !== undefined && capacity !== undefined && attendance > capacity
      ? [{ index: use.index, attendance, capacity }]
      : [];
  });
  const [first] = exceeded;
  if (!first) return ok(undefined);
  const { attendance, capacity } = first;
  return refuse(
    roomErrors.capacity_exceeded({
      params: { attendance, capacity },
      fields: exceeded.map((one) => ({
        path: `uses.${one.index}.attendance`,
        code: 'rooms.capacity_exceeded',
        ja: `定員は${one.capacity}人です。広い部屋か別の並べ方を選んでください。`,
        en: `It takes ${one.capacity} people. Please choose a larger room or another layout.`,
      })),
    }),
  );
};
