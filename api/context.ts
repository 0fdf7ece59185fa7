import type { Logger } from 'pino';
import { transact, type Database, type Queryable, type Transaction } from '#db/client.server.ts';
import type { Mailer } from './adapters/mail.ts';
import type { PrintPaper } from './adapters/pdf.ts';
import type { Subjects } from './billing_accounts/rules.ts';
import type { FindMissingLetters } from './documents/rules/print.ts';
import type { SignIn } from './adapters/sign_in.ts';
import type { StripeAccess } from './adapters/stripe.ts';
import type { Settings } from './settings.ts';
import type { Actor } from './shared/actor.ts';
import type { Language } from './shared/languages.ts';
import type { IdKind } from './shared/ids.ts';

/** What goes with a letter about a booking: whom to answer, and the booking for a calendar program. */
export interface Envelope {
  readonly replyTo?: string | undefined;
  readonly calendar?: { readonly fileName: string; readonly text: string } | undefined;
}

/** What the running house has: one per process, made by a composition root. */
export interface House {
  readonly settings: Settings;
  readonly database: Database;
  /** Answers that may be a moment old; a streaming replica where there is one. */
  readonly replica: Database;
  readonly now: () => Date;
  readonly newId: (kind: IdKind) => string;
  readonly log: Logger;
  /** Absent where the operator has no Stripe account: then nothing is paid online. */
  readonly stripe: StripeAccess | undefined;
  readonly mailer: Mailer;
  readonly signIn: SignIn;
  readonly printPaper: PrintPaper;
  readonly findMissingLetters: FindMissingLetters;
  /** What is paid for: its features say what money must know of it. */
  readonly subjects: Subjects;
  /** The outbox asks; who knows bookings and calendars answers. */
  readonly envelopeOf: (context: Context, subjectId: string) => Promise<Envelope>;
}

/** What one use case has: the house, who acts, and in which language to answer. */
export interface Context extends House {
  readonly actor: Actor;
  readonly locale: Language;
  readonly requestId: string;
  readonly reads: Queryable;
  /** When mail written now leaves; at once where absent, never for what only puts things back. */
  readonly lettersLeaveAt?: Date | 'never';
  readonly transact: <Value>(work: (tx: Transaction) => Promise<Value>) => Promise<Value>;
}

export const contextFor = (
  house: House,
  caller: { actor: Actor; locale?: Language; requestId?: string },
): Context => ({
  ...house,
  actor: caller.actor,
  locale: caller.locale ?? 'ja',
  requestId: caller.requestId ?? '',
  reads: house.database.db,
  transact: (work) => transact(house.database, work),
});
