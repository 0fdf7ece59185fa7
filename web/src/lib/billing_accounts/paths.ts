import { subjectKindOf, type SubjectKind } from '#api/billing_accounts/rules.ts';

const folders: Readonly<Record<SubjectKind, string>> = { booking: 'bookings' };

/** Where the thing that is paid for has its page. */
export const subjectPath = (billingAccountId: string): string =>
  `/${folders[subjectKindOf(billingAccountId)]}/${billingAccountId}`;
