import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import type { AmendPolicy, AmendingSide } from './amendment.ts';
import type { Booking } from './booking.ts';

/** A change somebody proposed, as far as an answer to it is decided from it. */
export interface Proposed {
  readonly bookingVersion: number;
  readonly proposedBy: AmendingSide;
  readonly state: 'proposed' | 'accepted' | 'declined' | 'withdrawn' | 'stale';
}

export const proposalAnswers = ['accept', 'decline', 'withdraw'] as const;
export type ProposalAnswer = (typeof proposalAnswers)[number];

/** Changes of the organizer are the approver's to allow; staff may take the answer to theirs by phone. */
const mayAnswer = (
  answer: ProposalAnswer,
  proposedBy: AmendingSide,
  { booking, actor, policy }: Answering,
): boolean => {
  const isOwner = isMemberOf(actor, booking.organizationId);
  const isStaff = hasRole(actor, booking.venueId, ['desk', 'manager']);
  if (answer === 'withdraw') return proposedBy === 'organizer' ? isOwner : isStaff;
  return proposedBy === 'organizer'
    ? hasRole(actor, booking.venueId, policy.approverRoles)
    : isOwner || isStaff;
};

export interface Answering {
  readonly booking: Booking;
  readonly actor: Actor;
  readonly policy: Pick<AmendPolicy, 'approverRoles'>;
}

/** What this actor may answer, in the order a page should offer it. */
export const allowedAnswers = (proposed: Proposed, asked: Answering): ProposalAnswer[] =>
  proposed.state === 'proposed'
    ? proposalAnswers.filter((answer) => mayAnswer(answer, proposed.proposedBy, asked))
    : [];

export const decideAnswer = (
  answer: ProposalAnswer,
  proposed: Proposed,
  asked: Answering,
): Result<void> => {
  if (proposed.state !== 'proposed') {
    return refuse(bookingErrors.amendment_decided({ detail: { state: proposed.state } }));
  }
  return mayAnswer(answer, proposed.proposedBy, asked)
    ? ok(undefined)
    : refuse(bookingErrors.unknown_amendment());
};
