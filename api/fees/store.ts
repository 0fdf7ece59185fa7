import { asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { tariffExtras, tariffPrices, tariffRules, tariffs } from '#db/schema/fees.ts';
import { bands, slots } from '#db/schema/slots.ts';
import type { LocalDay } from '../shared/time.ts';
import { assembleTariff, type Tariff, type TariffRule } from './rules/tariff.ts';
import { ruleConditionSchema, ruleOperationSchema } from './schema.ts';

const ruleOf = (row: typeof tariffRules.$inferSelect): TariffRule => ({
  ...row,
  condition: ruleConditionSchema.parse(row.condition),
  operation: ruleOperationSchema.parse(row.operation),
});

const idsOf = (db: Queryable, venueId: string) =>
  db.select({ id: tariffs.id }).from(tariffs).where(eq(tariffs.venueId, venueId));

/** Every version of the venue's prices, in three queries. */
export const loadTariffs = async (db: Queryable, venueId: string): Promise<Tariff[]> => {
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
      .where(inArray(tariffPrices.tariffId, idsOf(db, venueId))),
    db
      .select()
      .from(tariffExtras)
      .where(inArray(tariffExtras.tariffId, idsOf(db, venueId))),
  ]);
  const heads = new Map(headed.map(({ tariff }) => [tariff.id, tariff]));
  return [...heads.values()].map((tariff) =>
    assembleTariff({
      ...tariff,
      effectiveFrom: tariff.effectiveFrom as LocalDay,
      effectiveUntil: tariff.effectiveUntil as LocalDay | null,
      prices: prices.filter(({ tariffId }) => tariffId === tariff.id),
      rules: headed.flatMap(({ rule }) => (rule?.tariffId === tariff.id ? [ruleOf(rule)] : [])),
      extras: extras.filter(({ tariffId }) => tariffId === tariff.id),
    }),
  );
};

/** The slots of the venue in the order of the day, and the bands made of them. */
export const loadBands = async (db: Queryable, venueId: string) => {
  const [slotRows, bandRows] = await Promise.all([
    db.select().from(slots).where(eq(slots.venueId, venueId)).orderBy(asc(slots.startsTime)),
    db.select().from(bands).where(eq(bands.venueId, venueId)).orderBy(asc(bands.sortOrder)),
  ]);
  return { slots: slotRows, bands: bandRows };
};
