import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findOrganization, type Organization } from '../../organizations/actions.ts';
import { queueMail } from '../../outbox/actions.ts';
import type { Booking } from '../rules/booking.ts';
import { bookingMail, type BookingNews } from '../rules/mails.ts';

/** A mail to an organizer already known, in the transaction of what it tells. */
export const tellKnown = async (
  tx: Transaction,
  context: Context,
  news: BookingNews,
  booking: Booking,
  organization: Pick<Organization, 'email' | 'contactName'>,
): Promise<void> => {
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

export const tellOrganizer = async (
  tx: Transaction,
  context: Context,
  news: BookingNews,
  booking: Booking,
): Promise<void> =>
  tellKnown(tx, context, news, booking, await findOrganization(tx, booking.organizationId));
