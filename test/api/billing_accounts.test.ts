import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookingStates, isAgreed, type BookingState } from '#api/bookings/rules/booking.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { faultOfSql } from '#test/fixtures/sql.ts';

let house: TestApp;
let booking: { id: string; number: string; title: string; venueId: string };
let organizationId: string;

beforeAll(async () => {
  house = await openTestApp();
  const organizer = await house.organizer();
  ({ organizationId } = organizer);
  const { body } = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizationId),
  });
  ({ booking } = body);
});

afterAll(() => house.close());

const accountNow = async (sql: Pick<TestApp['sql'], 'unsafe'> = house.sql) => {
  const [row] = await sql.unsafe('select * from billing_accounts where id = $1', [booking.id]);
  return row!;
};

/** The account in the middle of a change that is not kept. */
const accountAfter = async (statement: string) => {
  let seen: Awaited<ReturnType<typeof accountNow>> | undefined;
  const undone = new Error('not kept');
  await house.sql
    .begin(async (tx) => {
      await tx.unsafe(statement);
      seen = await accountNow(tx);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return seen!;
};

const faultIn = (statement: string) =>
  house.sql.unsafe(statement).then(() => undefined, faultOfSql);

describe('the billing account of a booking', () => {
  it('is there from its first moment, and says what money must know', async () => {
    expect(await accountNow()).toMatchObject({
      id: booking.id,
      subject_kind: 'booking',
      venue_id: booking.venueId,
      organization_id: organizationId,
      number: booking.number,
      title: booking.title,
      stage: 'proposed',
    });
  });

  const stageOf = (state: BookingState) => {
    if (isAgreed({ state })) return 'agreed';
    const hasEnded = ['expired', 'refused', 'withdrawn', 'cancelled'].includes(state);
    return hasEnded ? 'ended' : 'proposed';
  };

  it.each(bookingStates.map((state) => [state, stageOf(state)]))(
    'of one that is %s is %s',
    async (state, stage) => {
      const account = await accountAfter(
        `update bookings set state = '${state}', refusal_reason = '満室', refusal_ground = '条例第4条',
          cancel_ground = 'organizer', cancelled_at = now(), queued_at = now() where id = '${booking.id}'`,
      );
      expect(account['stage']).toBe(stage);
    },
  );

  it('follows its title', async () => {
    const change = `update bookings set title = '別の名前' where id = '${booking.id}'`;
    expect((await accountAfter(change))['title']).toBe('別の名前');
  });

  it('follows whether its newest price is provisional', async () => {
    const before = await accountNow();
    const account = await accountAfter(`insert into booking_quotes
      select id || 'x', booking_id, booking_version + 1, tariff_id, total_yen, tax_yen,
        not is_provisional, content, created_at from booking_quotes
      where booking_id = '${booking.id}'`);
    expect(account['is_provisional']).toBe(!before['is_provisional']);
  });
});

describe('the database', () => {
  it('lets no account change whose it is, nor vanish', async () => {
    const where = `where id = '${booking.id}'`;
    const books = `update billing_accounts set venue_id = 'corasse' ${where}`;
    expect((await faultIn(books))?.code).toBe('23001');
    expect((await faultIn(`delete from billing_accounts ${where}`))?.code).toBe('23001');
  });

  it('takes no charge of nobody', async () => {
    const fault = await faultIn(`insert into charges (id, billing_account_id, amount_yen, tax_yen,
      is_provisional, due_on, created_at) values ('chg_x', 'bkg_x', 1, 0, false, now(), now())`);
    expect(fault).toEqual({
      code: '23503',
      constraint: 'charges_billing_account_id_billing_accounts_id_fk',
    });
  });
});
