import { asc, eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import {
  bookingPolicies,
  checklistItems,
  parkingCapacities,
  prohibitedUses,
  reductionGrounds,
  refusalGrounds,
} from '#db/schema/policies.ts';
import type {
  ChecklistItem,
  ClassPolicy,
  ParkingCapacity,
  ProhibitedUse,
  ReductionGround,
  RefusalGround,
} from './schema.ts';

const withoutPlace = <Row extends { venueId: string; sortOrder: number }>({
  venueId: _venueId,
  sortOrder: _sortOrder,
  ...rest
}: Row) => rest;

export const listPoliciesByVenue = async (
  db: Queryable,
  venueId: string,
): Promise<ClassPolicy[]> => {
  const rows = await db.select().from(bookingPolicies).where(eq(bookingPolicies.venueId, venueId));
  return rows.map(({ venueId: _venueId, ...policy }) => policy);
};

export const savePolicy = async (
  tx: Queryable,
  venueId: string,
  policy: ClassPolicy,
): Promise<void> => {
  const { roomClass, ...set } = policy;
  await tx
    .insert(bookingPolicies)
    .values({ venueId, ...policy })
    .onConflictDoUpdate({ target: [bookingPolicies.venueId, bookingPolicies.roomClass], set });
};

export const listRefusalGrounds = async (
  db: Queryable,
  venueId: string,
): Promise<RefusalGround[]> => {
  const rows = await db
    .select()
    .from(refusalGrounds)
    .where(eq(refusalGrounds.venueId, venueId))
    .orderBy(asc(refusalGrounds.sortOrder));
  return rows.map(withoutPlace);
};

export const listProhibitedUses = async (
  db: Queryable,
  venueId: string,
): Promise<ProhibitedUse[]> => {
  const rows = await db
    .select()
    .from(prohibitedUses)
    .where(eq(prohibitedUses.venueId, venueId))
    .orderBy(asc(prohibitedUses.sortOrder));
  return rows.map(withoutPlace);
};

export const listReductionGrounds = async (
  db: Queryable,
  venueId: string,
): Promise<ReductionGround[]> => {
  const rows = await db
    .select()
    .from(reductionGrounds)
    .where(eq(reductionGrounds.venueId, venueId))
    .orderBy(asc(reductionGrounds.sortOrder));
  return rows.map(withoutPlace);
};

export const listChecklistItems = async (
  db: Queryable,
  venueId: string,
): Promise<ChecklistItem[]> => {
  const rows = await db
    .select()
    .from(checklistItems)
    .where(eq(checklistItems.venueId, venueId))
    .orderBy(asc(checklistItems.roomClass), asc(checklistItems.sortOrder));
  return rows.map(withoutPlace);
};

export const listParkingCapacities = async (
  db: Queryable,
  venueId: string,
): Promise<ParkingCapacity[]> => {
  const rows = await db
    .select()
    .from(parkingCapacities)
    .where(eq(parkingCapacities.venueId, venueId))
    .orderBy(asc(parkingCapacities.startsOn));
  return rows.map(({ venueId: _venueId, ...row }) => row);
};
