import { z } from 'zod';

declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type AccountId = Branded<'account'>;
export type OrganizationId = Branded<'organization'>;
export type VenueId = Branded<'venue'>;
export type BookingId = Branded<'booking'>;
export type UseId = Branded<'use'>;
export type ChargeId = Branded<'charge'>;
export type AttemptId = Branded<'attempt'>;
export type DocumentId = Branded<'document'>;
export type FeedId = Branded<'feed'>;

export const idPrefixes = {
  account: 'acc',
  session: 'ses',
  credential: 'crd',
  verification: 'ver',
  organization: 'org',
  booking: 'bkg',
  use: 'use',
  quote: 'quo',
  closure: 'clo',
  charge: 'chg',
  attempt: 'pat',
  money_event: 'mev',
  document: 'doc',
  feed: 'fed',
  mail: 'mal',
  audit_entry: 'aud',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A prefixed id of the named kind; anything else reads as an id that does not exist. */
export const idSchema = <Id extends Branded<string>>(kind: IdKind) =>
  z
    .string()
    .regex(new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{26}$`))
    .transform((text) => text as Id);

/** Catalogue ids are readable paths such as `big-palette.exhibition-hall.a+b`. */
export const catalogueIdSchema = <Id extends Branded<string>>() =>
  z
    .string()
    .regex(/^[a-z0-9]+(?:[-+.][a-z0-9]+)*$/)
    .max(120)
    .transform((text) => text as Id);
