import { roomErrors } from '#api/rooms/errors.ts';
import type { Room } from '#api/rooms/schema.ts';
import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { AskedUse } from '../schema.ts';
import type { QuoteUse } from './line.ts';

/** Booths are counted in booths, not in people. */
const capacityOf = (rooms: readonly Room[], use: QuoteUse, layout: AskedUse['layout']) =>
  layout === 'booths'
    ? undefined
    : rooms
        .flatMap(({ configurations }) => configurations)
        .find(({ id }) => id === use.configurationId)
        ?.layouts.find((one) => one.layout === layout)?.capacity;

/** Whether everybody finds a place in the layout asked for; an unknown capacity refuses nobody. */
export const decideCapacities = (
  asked: readonly AskedUse[],
  uses: readonly QuoteUse[],
  rooms: readonly Room[],
): Result<void> => {
  const exceeded = uses.flatMap((use) => {
    const { attendance, layout } = asked[use.index]!;
    const capacity = layout && capacityOf(rooms, use, layout);
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
