import type { Queryable } from '#db/client.server.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { partsPaidOff, type Due } from '../rules/ledger.ts';
import { listInstalmentTerms, listStandingCharges } from '../store/instalments.ts';
import { findBalance } from '../store/ledger.ts';

/** Every part of what is owed for a booking with what of it is still open, earliest day first. */
export const listParts = async (db: Queryable, bookingId: string): Promise<Due[]> => {
  const [charges, { owedYen }] = await Promise.all([
    listStandingCharges(db, [bookingId]),
    findBalance(db, bookingId),
  ]);
  return partsPaidOff(charges, owedYen);
};

/** What is still to be paid for a booking and by when, earliest first. */
export const findDues = async (db: Queryable, bookingId: string): Promise<Due[]> =>
  (await listParts(db, bookingId)).filter(({ openYen }) => openYen > 0);

/** Where the terms of parts were taken from; null where nothing is paid in parts. */
export const findPartsSource = async (
  db: Queryable,
  { venueId, uses }: Booking,
  parts: readonly Due[],
) => {
  if (parts.length < 2) return null;
  const roomIds = uses.map(({ roomId }) => roomId);
  const [term] = await listInstalmentTerms(db, { venueId, roomIds });
  return term ? { publication: term.publication, source: term.source } : null;
};

export { listStandingCharges } from '../store/instalments.ts';
