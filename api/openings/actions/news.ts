import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
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
  const { bookingId, organizationId } = told.entry;
  await writeLetter(tx, context, await findRecipient(tx, organizationId), {
    topic: `openings.${news}`,
    subjectId: bookingId,
    write: (reader) => entryMail(news, told, reader, facts),
  });
};
