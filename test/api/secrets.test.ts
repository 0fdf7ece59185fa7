import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
const lines: string[] = [];

beforeAll(async () => {
  house = await openTestApp({
    settings: { logLevel: 'error' },
    logTo: { write: (line) => void lines.push(line) },
  });
  organizer = await house.organizer();
});

afterAll(() => house.close());

describe('a statement that fails', () => {
  const typed = '誰にも見せない催事の名';

  const failing = async (work: () => Promise<unknown>) => {
    await house.sql`alter table bookings add constraint no_more check (false) not valid`;
    try {
      return await work();
    } finally {
      await house.sql`alter table bookings drop constraint no_more`;
    }
  };

  it('is logged with its cause, and without what people typed', async () => {
    const { status } = (await failing(() =>
      house.call('/api/bookings', {
        as: organizer,
        json: askHold(organizer.organizationId, { title: typed }),
      }),
    )) as { status: number };
    expect(status).toBe(500);
    const logged = lines.join('');
    expect(logged).toContain('Failed query: insert into');
    expect(logged).toContain('no_more');
    expect(logged).not.toContain(typed);
    expect(logged).not.toContain(organizer.organizationId);
  });
});

describe('who reads the database', () => {
  const email = 'reader@example.jp';
  const password = '阿武隈川のほとりで42';

  /** Every text of every table but the mailbox, which is the mail server of the demonstration. */
  const everything = async () => {
    const tables = await house.sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker') and tablename <> 'mailbox_messages'`;
    const texts = await Promise.all(
      tables.map(({ name }) => house.sql.unsafe(`select t::text as text from ${name} t`)),
    );
    return texts.flatMap((rows) => rows.map((row) => String(row['text']))).join('\n');
  };

  const mailedToken = async () => {
    await house.runJobs();
    const [mail] = await house.sql`
      select body from mailbox_messages where to_address = ${email} order by id desc limit 1`;
    return decodeURIComponent(/token=(\S+)/.exec(String(mail!['body']))![1]!);
  };

  it('finds nothing to sign in with: no session, no link of a letter', async () => {
    await house.call('/api/organizations', {
      json: {
        account: { name: '佐藤 花子', email, password },
        organization: {
          kind: 'individual',
          name: '佐藤 花子',
          contactName: '佐藤 花子',
          phone: '0249478010',
          email,
        },
      },
    });
    const confirmation = await mailedToken();
    expect((await everything()).includes(confirmation)).toBe(false);
    const opened = await house.call('/api/accounts/confirmations/open', {
      json: { token: confirmation, password },
    });
    const cookie = decodeURIComponent(opened.headers.getSetCookie()[0]!.split(';')[0]!);
    const session = cookie.split('=')[1]!.split('.')[0]!;
    await house.call('/api/accounts/password-resets', { json: { email } });
    const reset = await mailedToken();
    const kept = await everything();
    expect(kept.includes(email)).toBe(true);
    for (const secret of [session, reset]) expect(kept.includes(secret)).toBe(false);
  });
});
