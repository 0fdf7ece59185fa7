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
export type PaymentId = Branded<'payment'>;
export type AllocationId = Branded<'allocation'>;
export type RefundId = Branded<'refund'>;
export type DocumentId = Branded<'document'>;
export type FeedId = Branded<'feed'>;
export type AmendmentId = Branded<'amendment'>;
export type ReductionApplicationId = Branded<'reduction_application'>;
export type SeriesId = Branded<'series'>;
export type LotteryId = Branded<'lottery'>;
export type LotteryEntryId = Branded<'lottery_entry'>;
export type EquipmentRequestId = Branded<'equipment_request'>;
/** A billing account bears the id of its subject. */
export type BillingAccountId = BookingId;

export const idPrefixes = {
  account: 'acc',
  session: 'ses',
  credential: 'crd',
  access_link: 'lnk',
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
  amendment: 'amd',
  consent: 'con',
  reduction_application: 'red',
  series: 'ser',
  opening_period: 'opn',
  lottery: 'lot',
  lottery_entry: 'ent',
  closure_effect: 'cef',
  equipment_item: 'eqi',
  equipment_request: 'eqr',
  meter: 'mtr',
  utility_term: 'utt',
  reading: 'rdg',
  utility_charge: 'utc',
  run_sheet: 'run',
  file: 'fil',
  settlement: 'stl',
  payment: 'pay',
  allocation: 'alc',
  refund: 'rfd',
  write_off: 'wof',
  bank_account: 'bac',
  bank_import: 'bim',
  bank_line: 'bln',
  dunning: 'dun',
  dunning_pause: 'dpa',
  organization_block: 'blk',
  cash_movement: 'csh',
  drawer_count: 'drw',
  closing: 'cls',
  invoice: 'inv',
  document_reissue: 'rei',
  stripe_movement: 'stm',
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

/** An id or a day that was checked before it was written into a record of ours. */
export const writtenSchema = <Text extends string>() =>
  z.string().transform((text) => text as Text);
