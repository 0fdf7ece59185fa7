import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseBooking } from '#api/bookings/actions/decide.ts';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { faultOfSql } from '#test/fixtures/sql.ts';

let house: TestApp;
let organizer: Organizer;
let bookingId: string;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  const { body } = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId),
  });
  bookingId = body.booking.id;
  await house.sql`
    insert into money_events (id, venue_id, billing_account_id, kind, amount_yen, cause, actor, happened_at,
      recorded_at, booked_on)
    select 'mev_1', venue_id, id, 'charged', 1000, 'charged:1', '{"kind":"job"}', now(), now(), now()
    from bookings where id = ${bookingId}`;
  await house.sql`
    insert into documents (id, kind, number, venue_id, organization_id, booking_id, cause, content,
      content_sha256, verification_code, issued_at)
    select 'doc_1', 'invoice', 'R08-1', venue_id, organization_id, id, 'invoice:1', '{}', 'x', 'X', now()
    from bookings where id = ${bookingId}`;
});

afterAll(() => house.close());

const faultIn = async (statement: string) => {
  const error: unknown = await house.sql.unsafe(statement).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  return faultOfSql(error);
};

describe('what is written once', () => {
  it.each(['audit_entries', 'money_events', 'booking_quotes', 'documents'])(
    'in %s can be neither changed nor deleted',
    async (table) => {
      const count = async () => (await house.sql`select from ${house.sql(table)}`).length;
      const before = await count();
      expect(before).toBeGreaterThan(0);
      expect((await faultIn(`update ${table} set id = id`))?.code).toBe('23001');
      expect((await faultIn(`delete from ${table}`))?.code).toBe('23001');
      expect(await count()).toBe(before);
    },
  );

  it('in the ledger is recorded once for one cause', async () => {
    const fault = await faultIn(`
      insert into money_events (id, venue_id, billing_account_id, kind, amount_yen, cause, actor, happened_at,
        recorded_at, booked_on)
      select 'mev_2', venue_id, billing_account_id, kind, amount_yen, cause, actor, happened_at, recorded_at,
        booked_on from money_events`);
    expect(fault?.code).toBe('23505');
  });
});

describe('a cell', () => {
  const take = (from: string, until: string, released = 'null') => `
    insert into occupancies (cell_id, during, state, booking_id, released_at)
    values ('big-palette.exhibition-hall.c', tstzrange('${from}', '${until}'), 'held',
      '${bookingId}', ${released})`;

  it('is never taken twice at one time, whoever writes', async () => {
    expect(await faultIn(take('2027-05-01T00:00Z', '2027-05-01T08:00Z'))).toBeUndefined();
    const fault = await faultIn(take('2027-05-01T07:00Z', '2027-05-01T12:00Z'));
    expect(fault).toEqual({ code: '23P01', constraint: 'occupancies_no_overlap' });
  });

  it('may be taken by the next one at the minute the first one leaves', async () => {
    expect(await faultIn(take('2027-05-02T00:00Z', '2027-05-02T04:00Z'))).toBeUndefined();
    expect(await faultIn(take('2027-05-02T04:00Z', '2027-05-02T08:00Z'))).toBeUndefined();
  });

  it('that was released stands in nobody’s way', async () => {
    expect(await faultIn(take('2027-05-03T00:00Z', '2027-05-03T04:00Z', 'now()'))).toBeUndefined();
    expect(await faultIn(take('2027-05-03T00:00Z', '2027-05-03T04:00Z'))).toBeUndefined();
  });

  it('is taken for one reason: a booking or a closure', async () => {
    const fault = await faultIn(`
      insert into occupancies (cell_id, during, state)
      values ('big-palette.exhibition-hall.c', tstzrange('2027-05-04', '2027-05-05'), 'held')`);
    expect(fault).toEqual({ code: '23514', constraint: 'occupancies_have_one_cause' });
  });
});

describe('a refusal', () => {
  it('has a ground in the table too', async () => {
    const fault = await faultIn(`update bookings set state = 'refused' where id = '${bookingId}'`);
    expect(fault).toEqual({ code: '23514', constraint: 'bookings_refusal_has_ground' });
  });

  it('without a reason is refused by the use case itself, not only at the door', async () => {
    await house.call(`/api/bookings/${bookingId}/request`, { as: organizer, json: { version: 1 } });
    const { actor } = await house.staff('manager');
    const refusal = { bookingId, version: 2, reason: ' ', ground: '条例第4条' };
    await expect(refuseBooking(house.contextOf(actor), refusal)).rejects.toMatchObject({
      code: 'bookings.reason_required',
    });
  });
});
