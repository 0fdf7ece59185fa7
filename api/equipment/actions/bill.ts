import type { Queryable } from '#db/client.server.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { quoteEquipment, type EquipmentQuote } from '../rules/price.ts';
import { listItemsByVenue, listRequestsByBooking } from '../store.ts';

/** What the equipment of a booking costs by what was really used, as far as that is known. */
export const findEquipmentBill = async (
  db: Queryable,
  booking: Pick<Booking, 'id' | 'venueId' | 'uses'>,
): Promise<EquipmentQuote> => {
  const [items, requests] = await Promise.all([
    listItemsByVenue(db, booking.venueId),
    listRequestsByBooking(db, booking.id),
  ]);
  return quoteEquipment(requests, items, booking.uses);
};
