import type { Queryable } from '#db/client.server.ts';
import { accountErrors } from '../accounts/errors.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { listRoomClasses } from '../rooms/actions.ts';
import type { RoomClass } from '../rooms/schema.ts';
import { findVenue } from '../venues/actions.ts';
import { hasRole } from '../shared/actor.ts';
import type { VenueId } from '../shared/ids.ts';
import { orThrow } from '../shared/result.ts';
import { policyErrors } from './errors.ts';
import { completePolicies, decideChange } from './rules.ts';
import type { BookingPolicy, ChangePolicy, ClassPolicy } from './schema.ts';
import {
  listChecklistItems,
  listParkingCapacities,
  listPoliciesByVenue,
  listProhibitedUses,
  listReductionGrounds,
  listRefusalGrounds,
  savePolicy,
} from './store.ts';

/** The rules of every class of rooms of a venue; a class without its own has the default of the venue. */
export const findPolicies = async (
  db: Queryable,
  venueId: string,
): Promise<ReadonlyMap<RoomClass, BookingPolicy>> => {
  const [venue, rows] = await Promise.all([
    findVenue(db, venueId),
    listPoliciesByVenue(db, venueId),
  ]);
  return completePolicies(venue, rows);
};

/** Everything a venue lays down about its use, for anybody who asks. */
export const viewConditions = async (context: Context, venueId: string) => {
  const db = context.reads;
  const { id, nameJa, nameEn, holdDays } = await findVenue(db, venueId);
  const [classes, own, grounds, prohibited, reductions, checklist, parking] = await Promise.all([
    listRoomClasses(db, id),
    listPoliciesByVenue(db, id),
    listRefusalGrounds(db, id),
    listProhibitedUses(db, id),
    listReductionGrounds(db, id),
    listChecklistItems(db, id),
    listParkingCapacities(db, id),
  ]);
  const policies = completePolicies({ holdDays }, own);
  return {
    venue: { id, nameJa, nameEn },
    policies: classes.map((roomClass) => ({ roomClass, ...policies.get(roomClass)! })),
    refusalGrounds: grounds,
    prohibitedUses: prohibited,
    reductionGrounds: reductions,
    checklist,
    parking,
  };
};

/** Sets the policy of a class of rooms by hand; the catalogue leaves it alone from then on. */
export const changePolicy = (
  context: Context,
  input: { venueId: string; roomClass: string; policy: ChangePolicy },
): Promise<ClassPolicy> =>
  context.transact(async (tx) => {
    const venue = await findVenue(tx, input.venueId);
    if (!hasRole(context.actor, venue.id as VenueId, ['administrator'])) {
      throw accountErrors.forbidden();
    }
    const classes = await listRoomClasses(tx, venue.id);
    const roomClass = classes.find((one) => one === input.roomClass);
    if (!roomClass) throw policyErrors.unknown_class();
    const before = (await findPolicies(tx, venue.id)).get(roomClass);
    const policy = { roomClass, ...orThrow(decideChange(input.policy)) };
    await savePolicy(tx, venue.id, policy);
    await recordAudit(tx, context, {
      action: 'policies.change',
      subjectId: `${venue.id}.${roomClass}`,
      before,
      after: policy,
    });
    return policy;
  });

export {
  listChecklistItems,
  listPoliciesByVenue,
  listReductionGrounds,
  listRefusalGrounds,
} from './store.ts';
