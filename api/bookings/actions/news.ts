import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { queueMail } from '../../outbox/actions.ts';
import type { Booking } from '../rules/booking.ts';
import { bookingMail, type BookingNews } from '../rules/mails.ts';

/** A mail to the organizer, in the transaction of what it tells. */
export const tellOrganizer = async (
  tx: Transaction,
  context: Context,
  news: BookingNews,
  booking: Booking,
): Promise<void> => {
  const organization = await findOrganization(tx, booking.organizationId);
  await queueMail(tx, context, {
    topic: `bookings.${news}`,
    bookingId: booking.id,
    to: organization.email,
    locale: 'ja',
    ...bookingMail(news, booking, {
      name: organization.contactName,
      publicUrl: context.settings.publicUrl,
    }),
  });
};
