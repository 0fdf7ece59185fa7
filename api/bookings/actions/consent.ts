import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Consent } from '../schema/amendments.ts';
import { findAccountName, insertConsent } from '../store/amendments.ts';

export const accountOf = ({ actor }: Context): AccountId | null =>
  'accountId' in actor ? actor.accountId : null;

/** The organizer's word that the booking may be changed, as staff heard it. */
export const keepConsent = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
  consent: Omit<Consent, 'channel'> & { channel: Consent['channel'] | 'page' },
): Promise<string> => {
  const id = context.newId('consent');
  await insertConsent(tx, {
    id,
    bookingId,
    ...consent,
    recordedByAccountId: accountOf(context),
    recordedAt: context.now(),
  });
  return id;
};

/** The same, given by the organizer on the page. */
export const keepPageConsent = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
  note: string,
): Promise<string> => {
  const givenBy = await findAccountName(tx, accountOf(context)!);
  return keepConsent(tx, context, bookingId, { givenBy, channel: 'page', note });
};
