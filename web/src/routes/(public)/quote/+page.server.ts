import type { AskedUse } from '#api/fees/schema.ts';
import { api, attempt } from '#web/api.ts';
import type { Outlook } from '#web/cancellations/views.ts';
import { askedBody, changeLines, emptyLine, readAsked, type Asked } from '#web/fees/asked.ts';
import type { Quote } from '#web/fees/quote.ts';
import type { Refusal } from '#web/ui/form.ts';
import { findVenue, listPrices, listRooms, listVenues } from '#web/venues/read.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

const isComplete = ({ uses }: Asked) =>
  uses.every(({ configuration, date, band }) => configuration && date && band);

/** The room of a line is chosen together with its configuration: its complaint belongs there. */
const atOurFields = (refusal: Refusal): Refusal => {
  const fields = new Map<string, Refusal['fields'][number]>();
  for (const field of refusal.fields) {
    const path = field.path.replace(/^(uses\.\d+)\.room$/, '$1.configuration');
    if (!fields.has(path)) fields.set(path, { ...field, path });
  }
  return { ...refusal, fields: [...fields.values()] };
};

/** Words the API does not know come back as sentences of their fields. */
const bodyOf = (asked: Asked) => {
  const body = askedBody(asked);
  return {
    ...body,
    uses: body.uses as ((typeof body.uses)[number] & Pick<AskedUse, 'phase' | 'layout'>)[],
  };
};

const askQuote = async (
  event: PageServerLoadEvent,
  asked: Asked,
): Promise<{ quote?: Quote; outlook?: Outlook; refusal?: Refusal }> => {
  const { quotes } = api(event).api;
  const json = bodyOf(asked);
  const [asking, looking] = await Promise.all([
    attempt(quotes.$post({ json })),
    attempt(quotes.outlook.$post({ json })),
  ]);
  if (!asking.ok) return { refusal: atOurFields(asking.refusal) };
  return { quote: asking.body.quote, ...(looking.ok ? { outlook: looking.body } : {}) };
};

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const read = readAsked(searchParams);
  if (!read.venue) return { venues: await listVenues(event) };
  const act = searchParams.get('do') ?? '';
  const lines = changeLines(read.uses, act);
  const asked: Asked = { ...read, uses: lines.length > 0 ? lines : [emptyLine] };
  const [venue, rooms, { prices }] = await Promise.all([
    findVenue(event, asked.venue),
    listRooms(event, asked.venue),
    listPrices(event, asked.venue),
  ]);
  const isAsking = act === 'quote' || (act !== 'add' && isComplete(asked));
  return {
    venue,
    rooms,
    asked,
    hasSmePrices: prices.some(({ customerClass }) => customerClass === 'sme'),
    ...(isAsking ? await askQuote(event, asked) : {}),
  };
};
