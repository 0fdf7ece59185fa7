import type { Transaction } from '#db/client.server.ts';
import { endAccessLinks, sendAccessLink } from '../access_links/actions.ts';
import { countTries, existsStaffRole, openAccount, saveAccount } from '../accounts/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { tryRules } from '../accounts/rules.ts';
import type { Context } from '../context.ts';
import { recordAudit } from '../audit/actions.ts';
import { enqueue, queueMail, type NewMail } from '../outbox/actions.ts';
import type { Letter, Reader } from '../shared/letter.ts';
import { hasRole, isMemberOf } from '../shared/actor.ts';
import type { OrganizationId, VenueId } from '../shared/ids.ts';
import { organizationErrors } from './errors.ts';
import { coreOfName, isAlike, smeStatusOf } from './rules.ts';
import type {
  Caller,
  Newcomer,
  OrganizationChange,
  OrganizationInput,
  Registration,
} from './schema.ts';
import {
  existsMember,
  findOrganization,
  findOrganizationForUpdate,
  insertBlock,
  insertCaller,
  insertOrganization,
  listLiveBlocks,
  listOrganizationsByIds,
  listOrganizationsByQuery,
  listOrganizationsLike,
  removeMemberships,
  saveBlockLifted,
  saveOrganization,
  type Organization,
  type OrganizationBlock,
  type Recipient,
} from './store.ts';

type OrganizationData = Omit<OrganizationInput, 'email'> & { readonly email?: string | undefined };

const dataOf = (input: OrganizationData) => ({
  kind: input.kind,
  name: input.name,
  nameKana: input.nameKana ?? null,
  contactName: input.contactName,
  phone: input.phone,
  email: input.email ?? null,
  postalCode: input.postalCode ?? null,
  address: input.address ?? null,
  addressee: input.addressee || null,
});

const organizationRow = (context: Context, input: OrganizationData): Organization => ({
  ...dataOf(input),
  id: context.newId('organization'),
  smeStatus: smeStatusOf(input),
  createdAt: context.now(),
  updatedAt: context.now(),
});

const addOrganization = async (
  tx: Transaction,
  context: Context,
  { input, accountId }: { readonly input: OrganizationInput; readonly accountId: string },
): Promise<Organization> => {
  const organization = organizationRow(context, input);
  await insertOrganization(tx, organization, accountId);
  await recordAudit(tx, context, {
    action: 'organizations.register',
    subjectId: organization.id,
    after: organization,
  });
  return organization;
};

/** One organizer more for the signed-in account. */
export const registerOrganization = (
  context: Context,
  accountId: string,
  input: OrganizationInput,
): Promise<Organization> =>
  context.transact((tx) => addOrganization(tx, context, { input, accountId }));

/**
 * Registers an organizer: for the signed-in account, or together with a new account. The second is
 * done by a job, so that neither answer nor time tell whether the address is registered already.
 */
export const registerOrganizer = async (
  context: Context,
  input: Registration,
  address: string,
): Promise<void> => {
  if (context.actor.kind === 'organizer') {
    await registerOrganization(context, context.actor.accountId, input.organization);
    return;
  }
  if (!input.account) throw organizationErrors.account_required();
  await countTries(context, [{ key: `register_from ${address}`, rule: tryRules.register }]);
  const payload = { ...input, locale: context.locale };
  await enqueue(context.database.db, { task: 'organizations.register_newcomer', payload });
};

/**
 * An address nobody has confirmed belongs to nobody: the latest registration takes the place of the
 * earlier ones, whose letters open nothing more. A confirmed one keeps what it has.
 */
export const registerNewcomer = (
  context: Context,
  { account: newcomer, organization: input, locale }: Newcomer,
): Promise<void> =>
  context.transact(async (tx) => {
    const account = await openAccount(tx, context, newcomer);
    if (account.emailVerified || (await existsStaffRole(tx, account.id))) return;
    const { name } = newcomer;
    await saveAccount(tx, { id: account.id, name, locale, now: context.now() });
    await endAccessLinks(tx, context, account.id);
    await removeMemberships(tx, account.id);
    await addOrganization(tx, context, { input, accountId: account.id });
    await sendAccessLink(tx, context, {
      account: { ...account, name, locale },
      purpose: 'confirm',
    });
  });

export const listMyOrganizations = (context: Context): Promise<Organization[]> =>
  context.actor.kind === 'organizer'
    ? listOrganizationsByIds(context.reads, context.actor.organizationIds)
    : Promise.resolve([]);

const required = (path: 'reason' | 'email') => {
  const { ja, en } = organizationErrors.catalogue.get(`organizations.${path}_required`)!;
  return organizationErrors[`${path}_required`]({ fields: [{ path, ja, en }] });
};

/** A letter to an organizer in the language of who reads it, in the transaction of what it tells. */
export const writeLetter = async (
  tx: Transaction,
  context: Context,
  { letterEmail: to, contactName: name, letterLanguage: locale }: Recipient,
  { write, ...mail }: Pick<NewMail, 'topic' | 'subjectId'> & { write: (to: Reader) => Letter },
): Promise<void> => {
  const { publicUrl } = context.settings;
  const letter = write({ name, language: locale, publicUrl });
  await queueMail(tx, context, { ...mail, to, locale, ...letter });
};

const searchMost = 20;
const bookingRoles = ['desk', 'manager', 'administrator'] as const;

/** Staff who take bookings know whom they book for; others have nobody to look up. */
export const requireBookingStaff = ({ actor }: Context) => {
  const venueIds = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  if (!venueIds.some((id) => hasRole(actor, id as VenueId, bookingRoles))) {
    throw accountErrors.forbidden();
  }
};

/**
 * Whoever calls the desk for the first time: a name, a contact and a telephone, and nobody signs in.
 * @throws organizations.looks_known with who looks alike, until somebody says that they are others
 */
export const registerCaller = (
  context: Context,
  { isNew, ...caller }: Caller,
): Promise<Organization> =>
  context.transact(async (tx) => {
    requireBookingStaff(context);
    const found = await listOrganizationsLike(tx, {
      phone: caller.phone,
      core: coreOfName(caller.name),
    });
    const alike = found.filter((one) => isAlike(one, caller));
    if (alike.length > 0 && !isNew) {
      throw organizationErrors.looks_known({ detail: { organizations: alike } });
    }
    const organization = organizationRow(context, { ...caller, declaresSme: false });
    await insertCaller(tx, organization);
    await recordAudit(tx, context, {
      action: 'organizations.register_caller',
      subjectId: organization.id,
      after: organization,
    });
    return organization;
  });

/** Staff who take bookings look up whom they book for; others have nobody to look up. */
export const searchOrganizations = (context: Context, query: string): Promise<Organization[]> => {
  requireBookingStaff(context);
  return query === ''
    ? Promise.resolve([])
    : listOrganizationsByQuery(context.reads, query, searchMost);
};

const requireKnown = (context: Context, id: string) => {
  const { actor } = context;
  if (actor.kind !== 'organizer') return requireBookingStaff(context);
  if (!isMemberOf(actor, id as OrganizationId)) throw organizationErrors.unknown();
};

/** For its people, and for staff who take bookings. */
export const findVisibleOrganization = (context: Context, id: string): Promise<Organization> => {
  requireKnown(context, id);
  return findOrganization(context.database.db, id);
};

/**
 * The data as they are from now on. Papers that were issued stay as they are.
 * @throws organizations.unknown, organizations.reason_required, organizations.email_required
 */
export const changeOrganization = async (
  context: Context,
  id: string,
  { reason, ...input }: OrganizationChange,
): Promise<Organization> => {
  requireKnown(context, id);
  if (context.actor.kind === 'staff' && !reason) throw required('reason');
  return context.transact(async (tx) => {
    const before = await findOrganizationForUpdate(tx, id);
    if (input.email === undefined && (await existsMember(tx, id))) throw required('email');
    const smeStatus = smeStatusOf(input, before);
    const after = { ...before, ...dataOf(input), smeStatus, updatedAt: context.now() };
    await saveOrganization(tx, after);
    await recordAudit(tx, context, {
      action: 'organizations.change',
      subjectId: id,
      before,
      after: { ...after, ...(reason ? { reason } : {}) },
    });
    return after;
  });
};

const accountOf = ({ actor }: Context) => ('accountId' in actor ? actor.accountId : null);

/** No new bookings of an organizer at a venue from now on; what is approved stays approved. */
export const blockOrganizer = async (
  tx: Transaction,
  context: Context,
  facts: Pick<OrganizationBlock, 'organizationId' | 'venueId' | 'reason'>,
): Promise<OrganizationBlock> => {
  const block: OrganizationBlock = {
    ...facts,
    id: context.newId('organization_block'),
    blockedByAccountId: accountOf(context),
    blockedAt: context.now(),
    liftedByAccountId: null,
    liftedAt: null,
  };
  await insertBlock(tx, block);
  await recordAudit(tx, context, {
    action: 'organizations.block',
    subjectId: block.organizationId,
    after: block,
  });
  return block;
};

export const liftBlock = async (
  tx: Transaction,
  context: Context,
  block: OrganizationBlock,
): Promise<void> => {
  const lifted = { ...block, liftedByAccountId: accountOf(context), liftedAt: context.now() };
  await saveBlockLifted(tx, lifted);
  await recordAudit(tx, context, {
    action: 'organizations.lift_block',
    subjectId: block.organizationId,
    before: block,
    after: lifted,
  });
};

/** Where the signed-in organizer gets no new bookings; why is told by the venue, not by a page. */
export const listMyBlocks = async (context: Context) => {
  if (context.actor.kind !== 'organizer') return [];
  const blocks = await listLiveBlocks(context.reads, context.actor.organizationIds);
  return blocks.map(({ organizationId, venueId, blockedAt }) => ({
    organizationId,
    venueId,
    blockedAt,
  }));
};

export {
  existsMember,
  findOptionalBlockForUpdate,
  findOptionalLiveBlock,
  findOrganization,
  findOrganizationForUpdate,
  findRecipient,
  insertMember,
  removeMemberships,
  saveOrganization,
  type Organization,
  type Recipient,
} from './store.ts';
