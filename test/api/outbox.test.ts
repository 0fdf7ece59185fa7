import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer } from '#api/adapters/mail.ts';
import { queueMail, sendMail } from '#api/outbox/actions.ts';
import type { Actor } from '#api/shared/actor.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;

beforeAll(async () => {
  house = await openTestApp();
});

afterAll(() => house.close());

const job: Actor = { kind: 'job', name: 'test' };

const letter = (to: string) => ({
  topic: 'bookings.held',
  to,
  locale: 'ja' as const,
  subject: '仮予約を承りました 〜郡山〜',
  body: '佐藤 花子 様\n\n次の日時を仮予約としてお預かりしました。\n「①多目的展示ホール」',
});

const queue = (to: string, actor: Actor = job) => {
  const context = house.contextOf(actor);
  return context.transact((tx) => queueMail(tx, context, letter(to)));
};

const rowOf = async (id: string) => {
  const [row] = await house.sql`select * from mails where id = ${id}`;
  return row!;
};

const received = async (to: string) => [
  ...(await house.sql`select * from mailbox_messages where to_address = ${to}`),
];

const jobsOf = async (id: string) => [
  ...(await house.sql`
    select j.id, j.attempts, j.last_error, j.run_at > now() as waits
    from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
    where j.task_identifier = 'outbox.send_mail' and p.payload->>'mailId' = ${id}`),
];

describe('a queued mail', () => {
  it('is delivered over SMTP, letter for letter, and marked sent', async () => {
    const id = await queue('hanako@example.jp');
    expect(await rowOf(id)).toMatchObject({ state: 'queued', sent_at: null });
    await house.runJobs();
    expect(await rowOf(id)).toMatchObject({ state: 'sent', failure: null });
    const [mail] = await received('hanako@example.jp');
    expect(mail).toMatchObject({
      subject: letter('').subject,
      body: letter('').body,
      from_address: '"会館" <kaikan@localhost>',
    });
    expect(await jobsOf(id)).toEqual([]);
  });

  it('is sent once, however often the job runs', async () => {
    const id = await queue('once@example.jp');
    await house.runJobs();
    await sendMail(house.contextOf(job), id);
    expect(await received('once@example.jp')).toHaveLength(1);
  });

  it('is never sent when the transaction that wrote it is undone', async () => {
    const context = house.contextOf(job);
    const undone = context.transact(async (tx) => {
      await queueMail(tx, context, letter('undone@example.jp'));
      throw new Error('the booking was refused');
    });
    await expect(undone).rejects.toThrow('the booking was refused');
    await house.runJobs();
    expect(await received('undone@example.jp')).toEqual([]);
  });
});

it('letters follow each other on one connection: no server is greeted for each of them', async () => {
  const ids = [await queue('first@example.jp'), await queue('second@example.jp')];
  let greetings = 0;
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect: (_session, done) => {
      greetings += 1;
      done();
    },
    onData: (stream, session, done) => {
      letters.push(...session.envelope.rcptTo.map(({ address }) => address));
      stream.resume().on('end', () => done());
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const mailer = createMailer(`smtp://127.0.0.1:${port}`, 'kaikan@localhost', 'http://localhost');
  for (const id of ids) await sendMail({ ...house.contextOf(job), mailer }, id);
  mailer.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect([letters, greetings]).toEqual([['first@example.jp', 'second@example.jp'], 1]);
});

describe('a letter about a booking', () => {
  /** What arrives at a mail server, as it came over the wire. */
  const sentRaw = async (mailId: string) => {
    let raw = '';
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _session, done) => {
        stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
        stream.on('end', () => done());
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.server.address() as AddressInfo;
    const from = '会館 <kaikan@localhost>';
    const mailer = createMailer(`smtp://127.0.0.1:${port}`, from, 'https://yoyaku.example.jp');
    await sendMail({ ...house.contextOf(job), mailer }, mailId);
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return simpleParser(raw);
  };

  it('carries the booking for a calendar, a weekday and the room, and can be answered', async () => {
    const organizer = await house.organizer();
    const uses = [
      {
        room: 'exhibition-hall',
        configuration: 'a',
        date: '2027-02-14',
        band: 'evening',
        lateHours: 5,
      },
    ];
    const json = askHold(organizer.organizationId, { uses });
    const { body } = await house.call('/api/bookings', { as: organizer, json });
    const { id, number, uses: held } = body.booking;
    const [row] = await house.sql`select id from mails where subject_id = ${id}`;
    const mail = await sentRaw(row!['id'] as string);
    expect(mail.text).toContain('・2027年2月14日(日) 17:00〜翌日2:00 多目的展示ホール A');
    expect(mail.text).toContain('2026年12月8日(火)までに');
    expect(mail.messageId).toBe(`<${String(row!['id'])}@yoyaku.example.jp>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.replyTo?.text).toBe('big-palette@kaikan.example.jp');
    const [calendar] = mail.attachments;
    expect(calendar).toMatchObject({ filename: `${number}.ics`, contentType: 'text/calendar' });
    const text = calendar!.content.toString('utf8').replaceAll('\r\n ', '');
    expect(text).toContain('METHOD:PUBLISH');
    expect(text).toContain(`UID:${held[0].id}@kaikan`);
    expect(text).toContain('STATUS:TENTATIVE');
    expect(text).toContain('DTSTART;TZID=Asia/Tokyo:20270214T170000');
    expect(text).toContain('17:00〜翌日2:00');
  });

  it('of no booking carries nothing of one, and is no less a machine’s', async () => {
    const mail = await sentRaw(await queue('alone@example.jp'));
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect([mail.attachments, mail.replyTo]).toEqual([[], undefined]);
  });
});

describe('a mail that cannot be delivered', () => {
  it('keeps the reason, is tried again later and then sent', async () => {
    const id = await queue('');
    await house.runJobs();
    expect(await rowOf(id)).toMatchObject({ state: 'failed', failure: expect.any(String) });
    const [waiting] = await jobsOf(id);
    expect(waiting).toMatchObject({ attempts: 1, waits: true });
    expect(waiting!['last_error']).toMatch(/recipients/i);
    await house.sql`update mails set to_address = 'late@example.jp' where id = ${id}`;
    await house.sql`select graphile_worker.reschedule_jobs(${[waiting!['id']]}::bigint[], now())`;
    await house.runJobs();
    expect(await rowOf(id)).toMatchObject({ state: 'sent', failure: null });
    expect(await received('late@example.jp')).toHaveLength(1);
  });

  it('because the mail server is away is kept for the next try', async () => {
    const id = await queue('away@example.jp');
    const mailer = createMailer('smtp://127.0.0.1:9', 'kaikan@localhost', 'http://localhost');
    await expect(sendMail({ ...house.contextOf(job), mailer }, id)).rejects.toThrow();
    mailer.close();
    expect((await rowOf(id))['failure']).toContain('ECONNREFUSED');
    await house.runJobs();
    expect(await rowOf(id)).toMatchObject({ state: 'sent', failure: null });
  });

  it('does not hold up the others', async () => {
    await queue('');
    const fine = await queue('fine@example.jp');
    await house.runJobs();
    expect((await rowOf(fine))['state']).toBe('sent');
  });
});

describe('a mail of the demonstration year', () => {
  it('is written but never sent', async () => {
    const id = await queue('past@example.jp', { kind: 'import', name: 'world' });
    expect(await jobsOf(id)).toEqual([]);
    await house.runJobs();
    await sendMail(house.contextOf(job), id);
    expect((await rowOf(id))['state']).toBe('suppressed');
    expect(await received('past@example.jp')).toEqual([]);
  });
});

describe('the mailbox', () => {
  it('shows staff what was received, newest first', async () => {
    house.clock.advanceMinutes(1);
    await queue('older@example.jp');
    await house.runJobs();
    house.clock.advanceMinutes(1);
    await queue('newer@example.jp');
    await house.runJobs();
    const { status, body } = await house.call('/api/outbox/mailbox', {
      as: await house.staff('desk'),
    });
    expect(status).toBe(200);
    const [newest, ...rest] = body.rows;
    expect(newest).toEqual({
      id: expect.stringMatching(/^mal_/),
      receivedAt: '2026-11-24T01:02:00.000Z',
      fromAddress: '"会館" <kaikan@localhost>',
      toAddress: 'newer@example.jp',
      subject: letter('').subject,
      body: letter('').body,
    });
    const addresses = rest.map(({ toAddress }: { toAddress: string }) => toAddress);
    expect(addresses[0]).toBe('older@example.jp');
  });

  it('is closed to organizers and strangers', async () => {
    const organizer = await house.call('/api/outbox/mailbox', { as: await house.organizer() });
    expect([organizer.status, organizer.body.error.code]).toEqual([403, 'accounts.forbidden']);
    const stranger = await house.call('/api/outbox/mailbox');
    expect([stranger.status, stranger.body.error.code]).toEqual([401, 'accounts.sign_in_required']);
  });
});
