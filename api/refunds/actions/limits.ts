import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import type { MoneyLimit } from '../rules/decide.ts';
import { listMoneyLimits } from '../store/refunds.ts';

/** Up to how much the actor may take off alone of what a payment leaves owed; nothing where no policy says so. */
export const findOptionalRebateLimit = async (
  db: Queryable,
  { actor }: Context,
  venueId: VenueId,
): Promise<MoneyLimit | undefined> =>
  (await listMoneyLimits(db, [venueId]))
    .filter(({ deed, role }) => deed === 'rebate' && hasRole(actor, venueId, [role]))
    .toSorted((one, other) => one.yenMost - other.yenMost)
    .at(-1);
