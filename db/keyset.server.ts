import { asc, desc, sql, type SQL, type SQLWrapper } from 'drizzle-orm';

interface AskedPage<Sort extends string> {
  readonly sort: Sort;
  readonly isDescending: boolean;
  readonly after: { readonly key: string; readonly id: string } | undefined;
}

/**
 * The order of a page and where it begins: after a key and an id, not after so many rows, so that what
 * is added or taken away meanwhile neither repeats nor hides another row.
 */
export const keyset = <Sort extends string>(
  keys: Readonly<Record<Sort, SQLWrapper>>,
  id: SQLWrapper,
  { sort, isDescending, after }: AskedPage<Sort>,
): { isAfter: SQL | undefined; order: SQL[]; at: SQL<string> } => {
  const key = keys[sort];
  const direction = isDescending ? desc : asc;
  const beyond = isDescending ? sql`<` : sql`>`;
  return {
    isAfter: after && sql`(${key}, ${id}) ${beyond} (${after.key}, ${after.id})`,
    order: [direction(key), direction(id)],
    // As JSON writes it: with all its digits, whatever the settings of the connection.
    at: sql<string>`to_json(${key}) #>> '{}'`,
  };
};
