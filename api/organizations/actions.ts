import { registerAccount } from '../accounts/actions.ts';
import type { Context } from '../context.ts';
import { recordAudit } from '../audit/actions.ts';
import { organizationErrors } from './errors.ts';
import type { OrganizationInput, Registration } from './schema.ts';
import { insertOrganization, listOrganizationsByIds, type Organization } from './store.ts';

const organizationRow = (context: Context, input: OrganizationInput): Organization => ({
  id: context.newId('organization'),
  kind: input.kind,
  name: input.name,
  nameKana: input.nameKana ?? null,
  contactName: input.contactName,
  phone: input.phone,
  email: input.email,
  postalCode: input.postalCode ?? null,
  address: input.address ?? null,
  smeStatus: input.declaresSme ? 'declared' : 'none',
  createdAt: context.now(),
  updatedAt: context.now(),
});

const addOrganization = (context: Context, input: OrganizationInput, accountId: string) =>
  context.transact(async (tx) => {
    const organization = organizationRow(context, input);
    await insertOrganization(tx, organization, accountId);
    await recordAudit(tx, context, {
      action: 'organizations.register',
      subjectId: organization.id,
      after: organization,
    });
    return organization;
  });

/**
 * Registers an organizer: for the signed-in account, or together with a new account.
 * An address already known answers the same and gets nothing, so that nobody learns who is registered.
 */
export const registerOrganizer = async (context: Context, input: Registration, address: string) => {
  if (context.actor.kind === 'organizer') {
    return {
      organization: await addOrganization(context, input.organization, context.actor.accountId),
    };
  }
  if (!input.account) throw organizationErrors.account_required();
  const { accountId, isNew } = await registerAccount(context, input.account, address);
  return {
    organization: isNew ? await addOrganization(context, input.organization, accountId) : undefined,
  };
};

export const listMyOrganizations = (context: Context): Promise<Organization[]> =>
  context.actor.kind === 'organizer'
    ? listOrganizationsByIds(context.reads, context.actor.organizationIds)
    : Promise.resolve([]);

export { findOrganization, type Organization } from './store.ts';
