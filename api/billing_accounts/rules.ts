import type { AppError } from '../shared/error.ts';
import {
  idPrefixes,
  type BillingAccountId,
  type OrganizationId,
  type VenueId,
} from '../shared/ids.ts';

export const subjectKinds = ['booking'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** `proposed`: nothing is owed yet; `agreed`: its price is; `ended`: only what stands charged. */
export const billingStages = ['proposed', 'agreed', 'ended'] as const;
export type BillingStage = (typeof billingStages)[number];

/** Who owes what for one subject. It bears the id of its subject. */
export interface BillingAccount {
  readonly id: BillingAccountId;
  readonly subjectKind: SubjectKind;
  /** In whose books its money stands. */
  readonly venueId: VenueId;
  readonly organizationId: OrganizationId;
  readonly number: string;
  readonly title: string;
  readonly stage: BillingStage;
  /** Its price holds a figure the operator has not published. */
  readonly isProvisional: boolean;
}

/** What money must know of a kind of subject; the features that own them say it. */
export interface Subject {
  readonly unknown: () => AppError;
  /** Where its page lies: `/bookings/bkg_…`. */
  readonly pathOf: (id: string) => string;
}
export type Subjects = Readonly<Record<SubjectKind, Subject>>;

export const subjectKindOf = (id: string): SubjectKind =>
  subjectKinds.find((kind) => id.startsWith(`${idPrefixes[kind]}_`)) ?? 'booking';
