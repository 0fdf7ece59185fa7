import { pino, type DestinationStream } from 'pino';
import { openDatabase, type Database, type DatabaseOptions } from '#db/client.server.ts';
import { newId } from './adapters/clock.ts';
import type { Mailer } from './adapters/mail.ts';
import { createLetterFinder } from './adapters/paper_letters.ts';
import { createPrinter } from './adapters/pdf.ts';
import { createSignIn } from './adapters/sign_in.ts';
import type { StripeAccess } from './adapters/stripe.ts';
import { hashSecret } from './accounts/actions.ts';
import { findLetterCalendar } from './calendars/actions.ts';
import { writeCalendar } from './calendars/routes/ics.ts';
import type { Context, Envelope, House } from './context.ts';
import { bookingSubject } from './bookings/rules/subject.ts';
import type { Settings } from './settings.ts';
import { factsOfError } from './shared/error.ts';

export interface HouseParts extends DatabaseOptions {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly now: () => Date;
  readonly mailer: Mailer;
  readonly stripe: StripeAccess | undefined;
  readonly logTo?: DestinationStream;
}

const openReplica = (parts: HouseParts, database: Database) =>
  parts.settings.replicaUrl ? openDatabase(parts.settings.replicaUrl) : database;

/** One line an event; an error is written down without what people typed. */
const openLog = ({ settings, logTo }: HouseParts) => {
  const options = { level: settings.logLevel, serializers: { err: factsOfError } };
  return logTo ? pino(options, logTo) : pino(options);
};

const envelopeOf = async (context: Context, bookingId: string): Promise<Envelope> => {
  const found = await findLetterCalendar(context, bookingId);
  if (!found) return {};
  const { replyTo, number, calendar } = found;
  const text = writeCalendar(calendar, { method: 'PUBLISH', madeAt: context.now() });
  return {
    ...(replyTo ? { replyTo } : {}),
    ...(calendar.events.length > 0 ? { calendar: { fileName: `${number}.ics`, text } } : {}),
  };
};

/** Puts the parts of one process together; the server, the worker and the tests all start here. */
export const openHouse = (parts: HouseParts): House & { close: () => Promise<void> } => {
  const database = openDatabase(parts.databaseUrl, parts);
  const replica = openReplica(parts, database);
  const house: House = {
    settings: parts.settings,
    database,
    replica,
    now: parts.now,
    newId,
    log: openLog(parts),
    stripe: parts.stripe,
    mailer: parts.mailer,
    printPaper: createPrinter(),
    findMissingLetters: createLetterFinder(),
    subjects: { booking: bookingSubject },
    envelopeOf,
    signIn: createSignIn(database, {
      secret: parts.settings.sessionSecret,
      publicUrl: parts.settings.publicUrl,
      hashSecret,
    }),
  };
  const close = async () => {
    parts.mailer.close();
    await database.close();
    if (replica !== database) await replica.close();
  };
  return { ...house, close };
};
