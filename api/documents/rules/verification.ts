import type { LocalDay } from '../../shared/time.ts';
import type { PaperContent } from './content.ts';

/** Whether a paper still says what holds. */
export type PaperStanding = 'valid' | 'replaced' | 'voided' | 'expired';

/** What was found out about whatever a paper speaks of. */
export interface PaperFate {
  readonly isVoided: boolean;
  /** The number of the paper that holds instead. */
  readonly replacedBy: string | null;
  readonly validUntil: LocalDay | null;
}

/** Taken back beats replaced, and both beat a day that is over. */
export const standingOf = (
  { isVoided, replacedBy, validUntil }: PaperFate,
  today: LocalDay,
): PaperStanding => {
  if (isVoided) return 'voided';
  if (replacedBy !== null) return 'replaced';
  return validUntil !== null && validUntil < today ? 'expired' : 'valid';
};

/** Who holds the paper recognises the name; who guesses learns nothing. */
export const maskedName = (name: string): string => `${[...name][0] ?? ''}●●●`;

/** Codes are typed from paper: small letters, spaces and full-width forms are the same code. */
export const cleanCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

/** Twenty characters in fives, as they are printed. */
export const spelledCode = (code: string): string => code.replace(/(.{5})(?=.)/g, '$1-');

/** What anybody with the code is told of a paper: enough to compare it, nothing more. */
export const publicFactsOf = (paper: PaperContent) => ({
  kind: paper.kind,
  title: paper.title,
  number: paper.number,
  issuedOn: paper.issuedOn,
  venueName: paper.venueName,
  issuerName: paper.issuer.name,
  registrationNumber: paper.issuer.registrationNumber,
  recipientMasked: `${maskedName(paper.recipient.name)} ${paper.recipient.honorific}`,
  amountYen: paper.amount?.amountYen ?? null,
});
