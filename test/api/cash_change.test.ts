import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, localDay } from '#api/shared/time.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let manager: Person;
let desk: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  manager = await app.staff('manager');
  desk = await app.staff('desk');
});
afterAll(() => app.close());

let days = 0;
/** 217,800 yen. */
const makeCharged = async (): Promise<string> => {
  const date = addDays(localDay('2027-04-12'), (days += 1));
  const use = { room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' };
  const { id } = await makeApprovedBooking(app, { organizer, manager }, { uses: [use] });
  await app.runJobs();
  return id;
};

const pay = (id: string, json: object, as: Person = desk) =>
  app.call(`/api/bookings/${id}/payments`, { as, json: { method: 'cash', ...json } });

const factsOf = async (id: string) => {
  const [row] = await app.sql`select content from documents
    where booking_id = ${id} and kind = 'receipt'`;
  return (row!['content'] as { facts: { label: string; value: string }[] }).facts;
};

describe('cash at the desk', () => {
  test('takes what was handed over and says the change, on the receipt too', async () => {
    const id = await makeCharged();
    const { status, body } = await pay(id, { handedYen: '220,000' });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.attempt).toMatchObject({
      amountYen: 217_800,
      handedYen: 220_000,
      changeYen: 2_200,
    });
    const { body: money } = await app.call(`/api/bookings/${id}/payments`, { as: desk });
    expect(money.charge.balanceYen).toBe(0);
    expect(money.attempts[0]).toMatchObject({ handedYen: 220_000, changeYen: 2_200 });
    await app.runJobs();
    expect(await factsOf(id)).toEqual(
      expect.arrayContaining([
        { label: 'お預かり', value: '220,000円' },
        { label: 'お釣り', value: '2,200円' },
      ]),
    );
  });

  test('that is less than what is due is refused at its field, and nothing is recorded', async () => {
    const id = await makeCharged();
    const { status, body } = await pay(id, { handedYen: 217_799 });
    expect(status).toBe(422);
    expect(body.error.code).toBe('payments.handed_too_little');
    expect(body.error.fields[0].path).toBe('handedYen');
    expect(body.error.message).toContain('217,800円');
    const { body: money } = await app.call(`/api/bookings/${id}/payments`, { as: desk });
    expect(money.attempts).toEqual([]);
    expect((await pay(id, { handedYen: 217_800 })).body.attempt.changeYen).toBe(0);
  });

  test('handed over exactly needs no word of it, and the receipt has none', async () => {
    const id = await makeCharged();
    const { body } = await pay(id, {});
    expect(body.attempt).toMatchObject({ handedYen: null, changeYen: null });
    await app.runJobs();
    const labels = (await factsOf(id)).map(({ label }) => label);
    expect(labels).not.toContain('お預かり');
  });

  test('is not put into the drawer beyond what was due', async () => {
    const id = await makeCharged();
    await pay(id, { handedYen: 300_000 });
    const [money] = await app.sql`select -sum(amount_yen)::int as yen from money_events
      where billing_account_id = ${id} and kind = 'received'`;
    expect(money!['yen']).toBe(217_800);
  });

  test('too little is refused by the database, too', async () => {
    const id = await makeCharged();
    await pay(id, { handedYen: 217_800 });
    const change = app.sql`update payment_attempts set handed_yen = 1 where billing_account_id = ${id}`;
    const constraint = await change.then(
      () => undefined,
      (error: { constraint_name?: string }) => error.constraint_name,
    );
    expect(constraint).toBe('payment_attempts_handed_enough');
  });
});
