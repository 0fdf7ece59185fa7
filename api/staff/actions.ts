import type { Transaction } from '#db/client.server.ts';
import { endAccessLinks, sendAccessLink } from '../access_links/actions.ts';
import {
  findAccountById,
  hashSecret,
  openAccount,
  saveAccount,
  type Account,
} from '../accounts/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context, House } from '../context.ts';
import { secretOf } from '../outbox/actions.ts';
import { orThrow } from '../shared/result.ts';
import { staffErrors } from './errors.ts';
import { administeredVenues, decideGrants, type Grant } from './rules.ts';
import type { FirstAdministrator, NewStaff } from './schema.ts';
import {
  insertGrant,
  listGrants,
  listGrantsForUpdate,
  listVenueNames,
  removeGrant,
  removeGrantsOfAccounts,
} from './store.ts';

type EnrolledStaff = Pick<NewStaff, 'name' | 'email'> & { readonly grants: readonly Grant[] };

/** A person gets roles; who has no account yet is invited by mail, and chooses the password there. */
export const enrolStaff = async (
  tx: Transaction,
  context: Context,
  { name, email, grants }: EnrolledStaff,
): Promise<Account> => {
  const account = await openAccount(tx, context, { name, email });
  for (const grant of grants) {
    await insertGrant(tx, { accountId: account.id, ...grant, grantedAt: context.now() });
  }
  if (!account.emailVerified) {
    // Whatever a stranger registered under this address before ends here.
    await saveAccount(tx, { id: account.id, name, now: context.now() });
    await endAccessLinks(tx, context, account.id);
    await sendAccessLink(tx, context, { account: { ...account, name }, purpose: 'invite' });
  }
  await recordAudit(tx, context, { action: 'staff.add', subjectId: account.id, after: { grants } });
  return account;
};

const openList = async (context: Context, tx?: Transaction) => {
  const [held, venues] = await Promise.all([
    tx ? listGrantsForUpdate(tx) : listGrants(context.reads),
    listVenueNames(tx ?? context.reads),
  ]);
  const own = administeredVenues(
    context.actor,
    venues.map(({ id }) => id),
    held,
  );
  if (own.length === 0) throw accountErrors.forbidden();
  return { venues: venues.filter(({ id }) => own.includes(id)), held, own };
};

type Held = Awaited<ReturnType<typeof listGrants>>;

const membersOf = (held: Held) =>
  [...new Set(held.map(({ accountId }) => accountId))].map((accountId) => {
    const own = held.filter((grant) => grant.accountId === accountId);
    const { name, email, isConfirmed } = own[0]!;
    const grants = own.map(({ venueId, role }) => ({ venueId, role }));
    return { accountId, name, email, isConfirmed, grants };
  });

/** Who works at the venues this administrator looks after. */
export const listStaff = async (context: Context) => {
  const { venues, held, own } = await openList(context);
  return { venues, members: membersOf(held.filter(({ venueId }) => own.includes(venueId))) };
};

const mustAdminister = (own: readonly string[], grants: readonly Grant[]) => {
  if (!grants.every(({ venueId }) => own.includes(venueId))) throw accountErrors.forbidden();
};

export const addStaff = (context: Context, input: NewStaff): Promise<void> =>
  context.transact(async (tx) => {
    mustAdminister((await openList(context, tx)).own, input.grants);
    await enrolStaff(tx, context, input);
  });

/** The roles of a person at the venues this administrator looks after become these; none ends them. */
export const changeGrants = (
  context: Context,
  { accountId, grants: wanted }: { readonly accountId: string; readonly grants: readonly Grant[] },
): Promise<void> =>
  context.transact(async (tx) => {
    const { held, own } = await openList(context, tx);
    mustAdminister(own, wanted);
    const within = held.filter(({ venueId }) => own.includes(venueId));
    const before = within.filter((grant) => grant.accountId === accountId);
    if (before.length === 0) throw staffErrors.unknown();
    const { added, ended } = orThrow(decideGrants({ accountId, wanted }, within));
    for (const grant of ended) await removeGrant(tx, accountId, grant);
    for (const grant of added) {
      await insertGrant(tx, { accountId, ...grant, grantedAt: context.now() });
    }
    const isGone =
      wanted.length === 0 &&
      held.every((one) => one.accountId !== accountId || before.includes(one));
    if (isGone && !before[0]!.isConfirmed) await endAccessLinks(tx, context, accountId);
    await recordAudit(tx, context, {
      action: wanted.length === 0 ? 'staff.end' : 'staff.change',
      subjectId: accountId,
      before: { grants: before.map(({ venueId, role }) => ({ venueId, role })) },
      after: { grants: wanted },
    });
  });

export const inviteAgain = (context: Context, accountId: string): Promise<void> =>
  context.transact(async (tx) => {
    const { held, own } = await openList(context, tx);
    const isTheirs = held.some((one) => one.accountId === accountId && own.includes(one.venueId));
    const account = isTheirs ? await findAccountById(tx, accountId) : undefined;
    if (!account) throw staffErrors.unknown();
    if (account.emailVerified) throw staffErrors.already_registered();
    await sendAccessLink(tx, context, { account, purpose: 'invite' });
    await recordAudit(tx, context, { action: 'staff.invite', subjectId: accountId });
  });

const firstSecret = (house: Pick<House, 'settings'>) => secretOf(house, 'first administrator');

const isSettled = (held: Held) => held.some(({ isConfirmed }) => isConfirmed);

/** Where an installation nobody can work in gets its first administrator; nowhere once it has one. */
export const findFirstAdministratorLink = async (house: House): Promise<string | undefined> =>
  isSettled(await listGrants(house.database.db))
    ? undefined
    : `${house.settings.publicUrl}/sign-in/first?token=${firstSecret(house)}`;

/** Whoever reads the log of the first start runs the house; a mistyped address is replaced. */
export const addFirstAdministrator = (
  context: Context,
  { token, name, email }: FirstAdministrator,
): Promise<void> =>
  context.transact(async (tx) => {
    const held = await listGrantsForUpdate(tx);
    const isRight = hashSecret(token) === hashSecret(firstSecret(context));
    if (!isRight || isSettled(held)) throw staffErrors.first_link_invalid();
    const earlier = [...new Set(held.map(({ accountId }) => accountId))];
    await removeGrantsOfAccounts(tx, earlier);
    for (const accountId of earlier) await endAccessLinks(tx, context, accountId);
    const venues = await listVenueNames(tx);
    const grants = venues.map(({ id }) => ({ venueId: id, role: 'administrator' as const }));
    await enrolStaff(tx, context, { name, email, grants });
  });
