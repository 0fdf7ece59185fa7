import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findRecipient, type Recipient } from '../../organizations/actions.ts';
import { queueMail } from '../../outbox/actions.ts';
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
    readonly organization: Pick<Recipient, 'letterEmail' | 'contactName'>;
    readonly parts: PartNames;
    readonly money?: ReleasedMoney | undefined;
  },
): Promise<void> => {
  await queueMail(tx, context, {
    topic: `bookings.${news}`,
    bookingId: booking.id,
    to: known.organization.letterEmail,
    locale: 'ja',
    ...bookingMail(news, booking, {
      name: known.organization.contactName,
      publicUrl: context.settings.publicUrl,
      parts: known.parts,
      money: known.money,
    }),
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
