import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findRecipient } from '../../organizations/actions.ts';
import { queueMail } from '../../outbox/actions.ts';
import type { Entry, Lottery } from '../rules/lottery.ts';
import { entryMail, type EntryFacts, type EntryNews } from '../rules/mails.ts';

interface Told {
  readonly entry: Entry;
  readonly lottery: Lottery;
}

/** A mail to whoever entered, in the transaction of what it tells. */
export const tellEntry = async (
  tx: Transaction,
  context: Context,
  news: EntryNews,
  told: Told,
  facts: EntryFacts = {},
): Promise<void> => {
  const organization = await findRecipient(tx, told.entry.organizationId);
  const { bookingId } = told.entry;
  await queueMail(tx, context, {
    topic: `openings.${news}`,
    ...(bookingId ? { bookingId } : {}),
    to: organization.letterEmail,
    locale: 'ja',
    ...entryMail(
      news,
      told,
      { name: organization.contactName, publicUrl: context.settings.publicUrl },
      facts,
    ),
  });
};
