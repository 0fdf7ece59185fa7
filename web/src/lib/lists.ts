import { error } from '@sveltejs/kit';
import type { List, Listed, ListFilter } from '#api/shared/lists.ts';
import { attempt, type Visit } from './api.ts';
import type { ListPart } from './ui/lists.ts';

type Typed = Readonly<Record<string, string>>;

/** What stands in the address for a list, blanks left out. */
const typedOf = ({ searchParams }: URL, names: readonly string[]): Typed =>
  Object.fromEntries(
    names
      .map((name) => [name, searchParams.get(name)?.trim() ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );

interface Asking {
  /** What the page asks whatever the address says, and what it asks where that says nothing. */
  readonly fixed?: Typed;
  readonly first?: Typed;
  readonly afterName?: string;
}

/** The page of a list that the address asks for. */
export const loadList = async <Row, Sort extends string>(
  event: Visit,
  list: List<Row, Readonly<Record<string, ListFilter>>, Sort>,
  { fixed = {}, first = {}, afterName = 'after' }: Asking = {},
): Promise<ListPart<Row>> => {
  const typed = typedOf(event.url, ['sort', ...Object.keys(list.filters)]);
  const after = event.url.searchParams.get(afterName) ?? '';
  const asked = new URLSearchParams({ sort: list.firstSort, ...first, ...typed, ...fixed });
  const address = `${list.path}?${asked.toString()}`;
  const read = await attempt<Listed<Row>>(
    event.fetch(after === '' ? address : `${address}&after=${encodeURIComponent(after)}`),
  );
  if (!read.ok && read.status !== 400) error(read.status, read.refusal.message);
  return {
    typed,
    sort: asked.get('sort') ?? list.firstSort,
    address,
    afterName,
    isSortable: !('sort' in fixed),
    isFirst: after === '',
    ...(read.ok
      ? { listed: read.body, refusal: undefined }
      : { listed: undefined, refusal: read.refusal }),
  };
};
