import type { Subject } from '../../billing_accounts/rules.ts';
import { bookingErrors } from '../errors.ts';

/** What money must know of bookings. */
export const bookingSubject: Subject = {
  unknown: bookingErrors.unknown,
  pathOf: (id) => `/bookings/${id}`,
};
