import { and, asc, eq, inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '#db/client.server.ts';
import { tariffExtras, tariffPrices, tariffRules, tariffs } from '#db/schema/fees.ts';
import type { LocalDay } from '../shared/time.ts';
import { assembleTariff, type Tariff } from './rules/tariff.ts';

const idsOf = (db: Queryable, venueId: string) =>
  db.select({ id: tariffs.id }).from(tariffs).where(eq(tariffs.venueId, venueId));

/** Every version of the venue's prices, in three queries; of all its configurations or of some. */
export const loadTariffs = async (
  db: Queryable,
  venueId: string,
  configurationIds?: readonly string[],
): Promise<Tariff[]> => {
  const isAsked = (column: PgColumn) =>
    configurationIds ? inArray(column, [...configurationIds]) : undefined;
  const [headed, prices, extras] = await Promise.all([
    db
      .select({ tariff: tariffs, rule: tariffRules })
      .from(tariffs)
      .leftJoin(tariffRules, eq(tariffRules.tariffId, tariffs.id))
      .where(eq(tariffs.venueId, venueId))
      .orderBy(asc(tariffs.effectiveFrom)),
    db
      .select()
      .from(tariffPrices)
      .where(
        and(
          inArray(tariffPrices.tariffId, idsOf(db, venueId)),
          isAsked(tariffPrices.configurationId),
        ),
      ),
    db
      .select()
      .from(tariffExtras)
      .where(
        and(
          inArray(tariffExtras.tariffId, idsOf(db, venueId)),
          isAsked(tariffExtras.configurationId),
        ),
      ),
  ]);
  const heads = new Map(headed.map(({ tariff }) => [tariff.id, tariff]));
  return [...heads.values()].map((tariff) =>
    assembleTariff({
      ...tariff,
      effectiveFrom: tariff.effectiveFrom as LocalDay,
      effectiveUntil: tariff.effectiveUntil as LocalDay | null,
      prices: prices.filter(({ tariffId }) => tariffId === tariff.id),
      rules: headed.flatMap(({ rule }) => (rule?.tariffId === tariff.id ? [rule] : [])),
      extras: extras.filter(({ tariffId }) => tariffId === tariff.id),
    }),
  );
};
