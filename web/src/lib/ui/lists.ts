import type { List, Listed, ListFilter } from '#api/shared/lists.ts';
import type { Refusal } from './form.ts';

/** What a page knows of a list it shows. */
export interface ListPart<Row> {
  readonly typed: Readonly<Record<string, string>>;
  readonly sort: string;
  /** Whether the reader chooses the order. */
  readonly isSortable: boolean;
  /** Of the API, with all that was asked but the place in the list. */
  readonly address: string;
  readonly afterName: string;
  readonly isFirst: boolean;
  readonly listed: Listed<Row> | undefined;
  readonly refusal: Refusal | undefined;
}

export interface Venue {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
}

export type AnyList<Row> = List<Row, Readonly<Record<string, ListFilter>>>;

/** The address of this page with something changed; what is empty falls away. */
export const hrefWith = (
  { pathname, searchParams }: URL,
  change: Readonly<Record<string, string>>,
): string => {
  const query = new URLSearchParams(searchParams);
  for (const [name, value] of Object.entries(change))
    if (value === '') query.delete(name);
    else query.set(name, value);
  return query.size > 0 ? `${pathname}?${query.toString()}` : pathname;
};

/** The orders people may choose, by the columns that have one. */
export const sortLabels = <Row>({ columns, sorts }: AnyList<Row>) =>
  columns.flatMap(({ sort, label }) =>
    sort === undefined ? [] : [{ sort, label, kind: sorts[sort]! }],
  );
