import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findOptionalLiveBlock } from '../../organizations/actions.ts';
import { isMemberOf } from '../../shared/actor.ts';
import { findVenue } from '../../venues/actions.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking } from '../rules/booking.ts';
import { inLanguage } from '../../shared/languages.ts';

/**
 * A blocked organizer neither holds nor applies; staff may still do it for them: they know why.
 * @throws bookings.organizer_blocked
 */
export const refuseBlocked = async (
  db: Queryable,
  context: Context,
  { organizationId, venueId }: Pick<Booking, 'organizationId'> & { readonly venueId: string },
): Promise<void> => {
  if (!isMemberOf(context.actor, organizationId)) return;
  if (!(await findOptionalLiveBlock(db, { organizationId, venueId }))) return;
  const { phone, nameJa, nameEn } = await findVenue(db, venueId);
  const contact = phone ?? inLanguage({ ja: nameJa, en: nameEn }, context.locale);
  throw bookingErrors.organizer_blocked({ params: { contact } });
};
