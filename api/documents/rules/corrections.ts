import { moneyKinds, type Correction, type DocumentKind } from '../schema.ts';
import { recipientOf, type HeadedSubject, type Issue, type PaperContent } from './content.ts';

/** What has left the house with a meaning of its own is not written anew: a reminder, a slip with its digits. */
const uncorrectable: readonly DocumentKind[] = ['payment_slip', 'dunning_letter'];

export const isCorrectable = (kind: DocumentKind): boolean => !uncorrectable.includes(kind);

export const hasProviso = (kind: DocumentKind): boolean => kind === 'receipt';

const withProviso = (proviso: string) => `但し、${proviso}として、次の金額を領収しました。`;

const correctedRecipient = (
  paper: PaperContent,
  { organization }: Pick<HeadedSubject, 'organization'>,
  { takesCurrent, addressee, honorific }: Correction,
): PaperContent['recipient'] => {
  const base = takesCurrent
    ? recipientOf({ organization }, moneyKinds.includes(paper.kind))
    : paper.recipient;
  return {
    ...base,
    ...(addressee ? { name: addressee } : {}),
    ...(honorific ? { honorific } : {}),
  };
};

/** 訂正版: the same paper to another addressee or with another proviso, which holds instead of the first. */
export const correctedOf = (
  paper: PaperContent,
  subject: Pick<HeadedSubject, 'organization'>,
  issue: Issue & { readonly issuedOn: PaperContent['issuedOn'] },
  correction: Correction,
): PaperContent => ({
  ...paper,
  number: issue.number,
  issuedOn: issue.issuedOn,
  ...(issue.verification ? { verification: issue.verification } : {}),
  recipient: correctedRecipient(paper, subject, correction),
  ...(correction.proviso ? { opening: withProviso(correction.proviso) } : {}),
  corrects: { number: paper.number, issuedOn: paper.issuedOn },
});

const printedOf = ({ recipient, opening }: PaperContent) => JSON.stringify([recipient, opening]);

/** A correction that changes nothing anybody could read is none. */
export const changesNothing = (paper: PaperContent, corrected: PaperContent): boolean =>
  printedOf(paper) === printedOf(corrected);
