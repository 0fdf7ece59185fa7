import { createHmac } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import postgres, { type Sql } from 'postgres';
import { expect, inject } from 'vitest';
import type { JourneyHouse } from '../server.setup.ts';

/** Each worker keeps to a house of its own. */
export const houseOfWorker = (): JourneyHouse => {
  const houses = inject('houses');
  return houses[(Number(process.env['VITEST_POOL_ID']) - 1) % houses.length]!;
};

/** As root the database may have moved to a place of its own; its port is the fourth line of its file. */
const findPort = (): string => {
  const folder = houseOfWorker().dataFolder;
  const marker = path.join(folder, 'database-place');
  const outside = fs.existsSync(marker) ? [fs.readFileSync(marker, 'utf8').trim()] : [];
  const running = [folder, ...outside]
    .map((place) => path.join(place, 'postgres', 'postmaster.pid'))
    .find((file) => fs.existsSync(file));
  return fs.readFileSync(running!, 'utf8').split('\n')[3]!;
};

/** The database of the running server: for what only time does to a house. */
const inDatabase = async (work: (sql: Sql) => Promise<unknown>): Promise<void> => {
  const file = path.join(houseOfWorker().dataFolder, 'database-password');
  const password = fs.readFileSync(file, 'utf8');
  const sql = postgres(`postgres://kaikan:${password}@127.0.0.1:${findPort()}/postgres`, {
    max: 1,
  });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
};

/** The built server has the clock of the wall: instead of waiting two weeks, the end of a hold comes early. */
export const letHoldLapse = (bookingId: string): Promise<void> =>
  inDatabase((sql) =>
    sql.begin(async (tx) => {
      const aMinuteAgo = new Date(Date.now() - 60_000);
      await tx`update bookings set hold_expires_at = ${aMinuteAgo} where id = ${bookingId}`;
      await tx`update occupancies set expires_at = ${aMinuteAgo} where booking_id = ${bookingId}`;
    }),
  );

/** Entries are no longer taken and the hour of the draw has come: weeks that nobody waits for. */
export const letEntriesClose = (lotteryId: string): Promise<void> =>
  inDatabase(async (sql) => {
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await sql`update lotteries set collects_until = ${aMinuteAgo}, draws_at = ${aMinuteAgo}
      where id = ${lotteryId}`;
  });

/** Two months and more after the day to pay, in a moment. */
export const letDebtAge = (bookingId: string): Promise<void> =>
  inDatabase(async (sql) => {
    await sql`update charges set due_on = current_date - 70 where billing_account_id = ${bookingId}`;
  });

/** The link of the newest letter to an address, also where nobody could read it in the house. */
export const linkMailedTo = async (email: string): Promise<string> => {
  let link: string | undefined;
  const look = async () => {
    await inDatabase(async (sql) => {
      const [mail] = await sql<{ body: string }[]>`
        select body from mailbox_messages where to_address = ${email} order by id desc limit 1`;
      link = /https?:\S+token=\S+/.exec(mail?.body ?? '')?.[0];
    });
    return link;
  };
  await expect.poll(look, { timeout: 20_000 }).toBeDefined();
  return link!;
};

/** As before the first start of a real installation: nobody works here, until the work is done. */
export const withoutStaff = async (work: (firstLink: string) => Promise<void>): Promise<void> => {
  await inDatabase(async (sql) => {
    await sql`create table staff_roles_before as table staff_roles`;
    await sql`delete from staff_roles`;
  });
  const { dataFolder, url } = houseOfWorker();
  const secret = fs.readFileSync(path.join(dataFolder, 'session-secret'), 'utf8').trim();
  const hash = createHmac('sha256', secret).update('secret first administrator');
  try {
    await work(`${url}/sign-in/first?token=${hash.digest('base64url')}`);
  } finally {
    await inDatabase(async (sql) => {
      await sql`delete from staff_roles`;
      await sql`insert into staff_roles select * from staff_roles_before`;
      await sql`drop table staff_roles_before`;
    });
  }
};
