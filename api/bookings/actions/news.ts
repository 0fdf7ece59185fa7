import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter, type Recipient } from '../../organizations/actions.ts';
import { listBookablePartsByVenue } from '../../rooms/actions.ts';
import type { Booking } from '../rules/booking.ts';
import { bookingMail, type BookingNews } from '../rules/mails.ts';
import type { PartNames } from '../rules/places.ts';
import type { ReleasedMoney } from '../rules/release.ts';

/** How the places of a booking are called. */
export const findPartNames = async (
  tx: Transaction,
  booking: Pick<Booking, 'venueId'>,
): Promise<PartNames> =>
  new Map((await listBookablePartsByVenue(tx, booking.venueId)).map((part) => [part.id, part]));

/** A mail to an organizer already known, in the transaction of what it tells. */
export const tellKnown = async (
  tx: Transaction,
  context: Context,
  news: BookingNews,
  booking: Booking,
  known: {
    readonly organization: Recipient;
    readonly parts: PartNames;
    readonly money?: ReleasedMoney | undefined;
  },
): Promise<void> => {
  await writeLetter(tx, context, known.organization, {
    topic: `bookings.${news}`,
    subjectId: booking.id,
    write: (reader) => bookingMail(news, booking, reader, known),
  });
};

export const tellOrganizer = async (
  tx: Transaction,
  context: Context,
  news: BookingNews,
  booking: Booking,
  money?: ReleasedMoney,
): Promise<void> =>
  tellKnown(tx, context, news, booking, {
    organization: await findRecipient(tx, booking.organizationId),
    parts: await findPartNames(tx, booking),
    money,
  });
