import { asc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { rooms } from '#db/schema/rooms.ts';
import type { Period } from '../rules/closing.ts';
import type { MoneyFact, RevenueFact, RevenuePart, RoomName } from '../rules/revenue.ts';

interface ChargeRow extends Record<string, unknown> {
  readonly kind: RevenueFact['kind'];
  readonly month: string;
  readonly amountYen: number;
  readonly chargeKind: RevenueFact['chargeKind'];
  readonly chargeId: string;
}

interface PartRow extends Record<string, unknown> {
  readonly chargeId: string;
  readonly category: RevenuePart['category'];
  readonly roomId: string | null;
  readonly amountYen: number;
}

const chargeRows = (db: Queryable, venueId: string, { from, to }: Period) =>
  db.execute<ChargeRow>(sql`
    select e.kind, to_char(e.booked_on, 'YYYY-MM') as month, e.amount_yen as "amountYen",
      c.kind as "chargeKind", c.id as "chargeId"
    from money_events e join charges c on c.id = e.charge_id
    where e.venue_id = ${venueId} and e.booked_on between ${from} and ${to}
      and e.kind in ('charged', 'charge_reduced', 'charge_reversed', 'rebated')
    order by e.booked_on, e.id`);

/** The lines behind each charge: of the quote in force when it was made, or of its settlement. */
const partRows = (db: Queryable, venueId: string, { from, to }: Period) =>
  db.execute<PartRow>(sql`
    with told as (
      select distinct c.id, c.kind, c.billing_account_id as booking_id, c.created_at
      from money_events e join charges c on c.id = e.charge_id
      where e.venue_id = ${venueId} and e.booked_on between ${from} and ${to}
        and e.kind in ('charged', 'charge_reduced', 'charge_reversed', 'rebated')
    )
    select told.id as "chargeId",
      case line.value->>'kind' when 'room' then r.room_class when 'overtime' then 'overtime'
        else 'extra' end as category,
      line.value->>'roomId' as "roomId",
      sum((line.value->>'amountYen')::int)::int as "amountYen"
    from told
    join lateral (select q.content from booking_quotes q where q.booking_id = told.booking_id
      order by (q.created_at <= told.created_at) desc,
        case when q.created_at <= told.created_at then q.booking_version else -q.booking_version end
        desc
      limit 1) quote on told.kind <> 'settlement'
    cross join lateral jsonb_array_elements(quote.content->'lines') line
    left join rooms r on r.id = line.value->>'roomId'
    group by 1, 2, 3
    union all
    select told.id, line.value->>'kind', line.value->>'roomId',
      sum((line.value->>'amountYen')::int)::int
    from told join settlements s on s.booking_id = told.booking_id
    cross join lateral jsonb_array_elements(s.content->'lines') line
    where told.kind = 'settlement'
    group by 1, 2, 3
    order by 1, 2, 3`);

export const listRevenueFacts = async (
  db: Queryable,
  venueId: string,
  period: Period,
): Promise<RevenueFact[]> => {
  const [facts, parts] = await Promise.all([
    chargeRows(db, venueId, period),
    partRows(db, venueId, period),
  ]);
  const byCharge = new Map<string, PartRow[]>();
  for (const part of parts.rows) {
    const own = byCharge.get(part.chargeId);
    if (own) own.push(part);
    else byCharge.set(part.chargeId, [part]);
  }
  return facts.rows.map(({ chargeId, ...fact }) => ({
    ...fact,
    parts: byCharge.get(chargeId) ?? [],
  }));
};

/** Money received and returned, by month and method. */
export const listMoneyFacts = async (
  db: Queryable,
  venueId: string,
  { from, to }: Period,
): Promise<MoneyFact[]> => [
  ...(
    await db.execute<MoneyFact & Record<string, unknown>>(sql`
    select to_char(e.booked_on, 'YYYY-MM') as month, p.method, e.kind = 'received' as "isIn",
      (-sum(e.amount_yen))::int as "amountYen"
    from money_events e join payments p on p.id = e.payment_id
    where e.venue_id = ${venueId} and e.booked_on between ${from} and ${to}
      and e.kind in ('received', 'returned', 'return_bounced', 'dispute_withdrawn',
        'dispute_reinstated')
    group by 1, 2, 3
    order by 1, 2, 3`)
  ).rows,
];

export interface ReductionCost {
  readonly groundCode: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly bookingCount: number;
  readonly costYen: number;
}

/**
 * Reductions granted to bookings first charged between two days that still stand: what the newest quote
 * says was taken off for them.
 */
export const listReductionCosts = async (
  db: Queryable,
  venueId: string,
  { from, to }: Period,
): Promise<ReductionCost[]> => [
  ...(
    await db.execute<ReductionCost & Record<string, unknown>>(sql`
    select a.ground_code as "groundCode", coalesce(g.name_ja, a.ground_code) as "nameJa",
      coalesce(g.name_en, a.ground_code) as "nameEn", count(*)::int as "bookingCount",
      coalesce(sum(cost.yen), 0)::int as "costYen"
    from money_events e
    join charges c on c.id = e.charge_id and c.kind = 'booking' and c.reversed_at is null
    join reduction_applications a on a.booking_id = e.billing_account_id and a.state = 'approved'
    left join reduction_grounds g on g.venue_id = e.venue_id and g.code = a.ground_code
    join lateral (select q.content from booking_quotes q where q.booking_id = e.billing_account_id
      order by q.booking_version desc limit 1) quote on true
    join lateral (
      select sum(coalesce((line.value->'steps'->-2->>'amountAfterYen')::int,
          (line.value->>'baseYen')::int) - (line.value->>'amountYen')::int) as yen
      from jsonb_array_elements(quote.content->'lines') line
      where line.value->'steps'->-1->>'code' = 'reduction'
    ) cost on true
    where e.venue_id = ${venueId} and e.kind = 'charged' and e.booked_on between ${from} and ${to}
    group by 1, 2, 3
    order by 5 desc, 1`)
  ).rows,
];

export const listRoomNames = (db: Queryable, venueId: string): Promise<RoomName[]> =>
  db
    .select({ roomId: rooms.id, nameJa: rooms.nameJa, nameEn: rooms.nameEn })
    .from(rooms)
    .where(eq(rooms.venueId, venueId))
    .orderBy(asc(rooms.sortOrder));
