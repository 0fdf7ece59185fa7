import { staffRoles } from '#db/schema/accounts.ts';
import type { Queryable } from '#db/client.server.ts';

export type StaffGrant = typeof staffRoles.$inferSelect;

export const insertGrant = async (tx: Queryable, grant: StaffGrant) => {
  await tx.insert(staffRoles).values(grant).onConflictDoNothing();
};
