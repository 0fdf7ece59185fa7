import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, refuse, textOf, type Visit } from '#web/api.ts';

type LotteryVisit = Visit &
  Pick<RequestEvent, 'locals'> & {
    readonly params: { readonly id: string };
  };

export const entryActs = ['accept', 'decline', 'withdraw'] as const;

/** An answer to what was won, or a change of mind; the page shows the entry as it stands then. */
export const actOnEntry = async (event: LotteryVisit, act: (typeof entryActs)[number]) => {
  requireMe(event);
  const form = await event.request.formData();
  const { id } = event.params;
  const entry = api(event).api.openings.lotteries[':id'].entries[':entry'];
  const param = { id, entry: textOf(form, 'entry') };
  const acted = await attempt(entry[act].$post({ param }));
  if (!acted.ok) return refuse(acted, {});
  redirect(303, `/lotteries/${id}?done=${act}#own`);
};
