import { sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import type { OpenPaper } from '../rules/mentions.ts';

/**
 * Papers by their numbers, with the accounts they lead to: of an invoice the one of its charge, of
 * a combined one those of all its charges, of another paper what it speaks of.
 */
export const listPapers = async (
  db: Queryable,
  venueIds: readonly string[],
  numbers: readonly string[],
): Promise<OpenPaper[]> => {
  if (numbers.length === 0) return [];
  const { rows } = await db.execute<{
    number: string;
    billingAccountId: string;
    amountYen: number | null;
  }>(sql`
    with paper as (
      select id, number, booking_id, split_part(cause, ':', 1) as kind, split_part(cause, ':', 2) as subject
      from documents
      where number = any(${sql.param(numbers)}::text[])
        and venue_id = any(${sql.param(venueIds)}::text[])
    ), asked as (
      select paper.number, charges.billing_account_id, charges.amount_yen
      from paper join charges on charges.id = paper.subject
      where paper.kind = 'invoice'
      union all
      select paper.number, charges.billing_account_id, invoice_charges.amount_yen
      from paper
        join invoice_charges on invoice_charges.invoice_id = paper.subject
        join charges on charges.id = invoice_charges.charge_id
      where paper.kind = 'combined_invoice'
      union all
      select distinct paper.number, spoken.booking_id, null::int
      from paper join lateral (
        select booking_id from document_bookings where document_id = paper.id
        union select paper.booking_id where paper.booking_id is not null
      ) spoken on true
      where paper.kind not in ('invoice', 'combined_invoice')
    )
    select number, billing_account_id as "billingAccountId", sum(amount_yen)::int as "amountYen"
    from asked group by number, billing_account_id order by number, billing_account_id`);
  const numbersFound = [...new Set(rows.map(({ number }) => number))];
  return numbersFound.map((number) => ({
    number,
    asks: rows.filter((row) => row.number === number),
  }));
};
