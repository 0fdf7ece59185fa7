import { redirect, type RequestEvent } from '@sveltejs/kit';
import { cancelGrounds } from '#api/bookings/rules/booking.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { notConfirmed } from '#web/bookings/booking_acts.ts';

type Visit = RequestEvent & { params: { id: string } };

const groundOf = (typed: string | null) =>
  cancelGrounds.find((ground) => ground === typed) ?? 'organizer';

/** What cancelling costs today, on the ground that was chosen. */
export const loadCancellation = async (event: Visit) => {
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const query = { ground: groundOf(event.url.searchParams.get('ground')) };
  const [{ booking }, cancellation] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.cancellation.$get({ param, query })),
  ]);
  return { booking, cancellation };
};

/** The figure that was on the page goes along: where it is another by now, the house refuses. */
export const cancelFromPage = async (event: Visit, place: string) => {
  const form = await event.request.formData();
  const typed = typedValues(form);
  if (!form.has('confirmed')) return refuse(notConfirmed(event.locals.locale), typed);
  const done = await attempt(
    api(event).api.bookings[':id'].cancel.$post({
      param: { id: event.params.id },
      json: {
        version: textOf(form, 'version'),
        reason: textOf(form, 'reason'),
        ground: groundOf(textOf(form, 'ground')),
        keptYen: textOf(form, 'keptYen'),
      },
    }),
  );
  if (!done.ok) return refuse(done, typed);
  redirect(303, `${place}/${event.params.id}?done=cancel`);
};
