// Measures the built server; every figure has another beside it from the same minute and machine.
import { fork } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import postgres from 'postgres';
import { measureAmendments } from './amendments.mjs';
import { comparePaths, compareRuns, openPoster, workOff } from './load.mjs';
import { measureMoney } from './money.mjs';
import { openReplay, partsOf } from './replay.mjs';
import { growToThousandRooms } from './thousand_rooms.mjs';

const connections = 16;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5);
const rounds = 3;
const holdsPerRound = 300;
const room = 'exhibition-hall';
const configurations = ['a', 'b', 'c'];

const day = (daysFromNow) =>
  new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 10);

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answerOf = (child, name) =>
  new Promise((resolve, reject) => {
    const end = (code) => reject(new Error(`the server ended with ${code}`));
    const listen = (message) => {
      if (!(name in message)) return;
      child.off('message', listen).off('exit', end);
      resolve(message[name]);
    };
    child.on('message', listen).once('exit', end);
  });

/** Days on which every part of the hall is free in all slots, from the next month on. */
const freeDays = async (address) => {
  const days = [];
  for (let from = 31; from < 330; from += 60) {
    const url = `${address}/api/availability?venue=big-palette&room=${room}&from=${day(from)}&to=${day(from + 59)}`;
    const { states } = await (await fetch(url)).json();
    const taken = new Set(states.flatMap(({ date, state }) => (state === 'free' ? [] : date)));
    days.push(...new Set(states.flatMap(({ date }) => (taken.has(date) ? [] : date))));
  }
  return days;
};

const askHold = ({ organizationId }, { date, configuration, band }) => ({
  venue: 'big-palette',
  organizationId,
  title: '計測のための展示会',
  purpose: '住宅設備の展示と相談会',
  attendance: 200,
  uses: [{ room, configuration, date, band }],
});

const holdsOf = (days) =>
  days.flatMap((date) =>
    configurations.flatMap((configuration) =>
      ['morning', 'afternoon', 'evening'].map((band) => ({ date, configuration, band })),
    ),
  );

/** One hold, heard and taken apart, for the band and part every replayed hold has. */
const openStraight = async (child, { databaseUrl, organizers, date, band, configuration }) => {
  const [organizer] = organizers;
  const json = askHold(organizer, { date, configuration, band });
  const heard = answerOf(child, 'sent');
  child.send({ kind: 'listen', cookie: organizer.cookie, json });
  const parts = partsOf(await heard);
  return { ...openReplay(databaseUrl, { connections, recordedDay: date, parts }), parts };
};

/** What the bench held is given back, so that the next round finds the days free again. */
const release = (sql) => sql`
  update occupancies set released_at = now() where released_at is null and booking_id in (
    select b.id from bookings b join organizations o on o.id = b.organization_id
    where o.name like '計測団体%')`;

const measureHolds = async (child, address, { databaseUrl, organizers }, load) => {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [first, ...days] = await freeDays(address);
  const [configuration, band] = ['a', 'morning'];
  const recorded = { databaseUrl, organizers, date: first, configuration, band };
  const straight = await openStraight(child, recorded);
  const sameHolds = days.map((date) => ({ date, configuration, band }));
  const holdThrough = async (asked) => {
    const { post, close } = openPoster(address, connections);
    const run = await workOff(asked, load, async (one, index) => {
      const organizer = organizers[index % organizers.length];
      const { status, text } = await post(
        '/api/bookings',
        organizer.cookie,
        askHold(organizer, one),
      );
      if (status !== 201) throw new Error(`${status} ${text}`);
    });
    close();
    await release(sql);
    return run;
  };
  const holdStraight = async () => {
    const run = await workOff(sameHolds, load, ({ date }) => straight.replay(date));
    await release(sql);
    return run;
  };
  await holdThrough(sameHolds);
  await holdStraight();
  const runs = { api: [], straight: [] };
  for (let round = 0; round < rounds; round += 1) {
    const asked = holdsOf(days).slice(round * holdsPerRound, (round + 1) * holdsPerRound);
    runs.api.push(await holdThrough(asked));
    runs.straight.push(await holdStraight());
  }
  const { before, within, after } = straight.parts;
  const queries = `${before.length} + ${within.length} in the transaction + ${after.length}`;
  await straight.close();
  await sql.end();
  return { rows: compareRuns('hold, each wins', runs), queries };
};

/** 400 in a theatre and three rooms of 30, two days, half a day of set-up, within so many days. */
const askFinder = (days) => ({
  from: day(31),
  to: day(30 + days),
  days: 2,
  band: 'daytime',
  setup: 'half_day',
  needs: [
    { people: 400, layout: 'theatre' },
    { people: 30, layout: 'school', count: 3 },
  ],
});

/** Each question against its own answer as a constant, in turns. */
const measureFinder = async (address, asks, load) => {
  const rows = [];
  const { post, close } = openPoster(address, load.connections);
  const run = (path, json, times) =>
    workOff(Array(times).fill(json), load, async (asked) => {
      const { status, text } = await post(path, '', asked);
      if (status !== 200) throw new Error(`${status} ${text}`);
    });
  for (const [name, { json, times }] of Object.entries(asks)) {
    const constant = { path: '/api/proposals', json };
    const { text } = await post('/api/proposals', '', json);
    const { planCount } = JSON.parse(text);
    await run('/api/bench/constant', constant, 2);
    const runs = { api: [], straight: [] };
    for (let round = 0; round < rounds; round += 1) {
      runs.api.push(await run('/api/proposals', json, times));
      runs.straight.push(await run('/api/bench/constant', constant, times));
    }
    const [real, floor] = compareRuns(name, runs);
    const size = `${planCount} plans, ${Math.ceil(text.length / 1024)} KB`;
    rows.push(
      { ...real, what: `${name} (${size})` },
      { ...floor, what: '  the same bytes, constant' },
    );
  }
  close();
  return rows;
};

const say = (line) => process.stdout.write(`${line}\n`);

/** The finder over the seeded year, then over a thousand rooms; one question at a time. */
const measureFinders = async (address, ready, load) => {
  const alone = { ...load, connections: 1 };
  const asks = (times) => ({
    'finder, a month': { json: askFinder(31), times },
    'finder, a year': { json: askFinder(335), times },
  });
  say('\nFinder over the seeded year, one question at a time');
  console.table(await measureFinder(address, asks(20), alone));
  const sql = postgres(ready.databaseUrl, { max: 1, onnotice: () => undefined });
  const { rooms, occupancies } = await growToThousandRooms(sql);
  await sql.end();
  say(`\nFinder over ${rooms} rooms with ${occupancies} times taken, one question at a time`);
  console.table(await measureFinder(address, asks(6), alone));
};

/** Everything, or the sections named in BENCH_ONLY. */
const measureSections = async ({ child, address, ready, load }) => {
  const days = `from=${day(1)}&to=${day(31)}`;
  const only = process.env['BENCH_ONLY'] ?? 'holds,amendments,money,api,pages,finder';
  if (only.includes('holds')) {
    const { rows, queries } = await measureHolds(child, address, ready, load);
    say(`\nHolds, ${connections} at once; statements of one: ${queries}`);
    console.table(rows);
  }
  if (only.includes('amendments')) {
    const asks = holdsOf(await freeDays(address))
      .filter(({ band }) => band === 'morning')
      .slice(0, holdsPerRound)
      .map((asked) => (organizer) => askHold(organizer, asked));
    say(`\nAmendments, ${connections} at once`);
    console.table(await measureAmendments({ address, ...ready, release }, asks, load));
  }
  if (only.includes('money')) {
    const { read, rows } = await measureMoney({ address, ...ready }, load);
    say(`\nMoney, ${connections} connections, ${rounds} × ${seconds} s in turns; ${read}`);
    console.table(rows);
  }
  if (only.includes('api')) {
    say(`\nAPI, ${connections} connections, ${rounds} × ${seconds} s in turns`);
    console.table(
      await comparePaths(
        address,
        {
          'month of a room': `/api/availability?venue=big-palette&room=${room}&${days}`,
          'month of a venue': `/api/availability?venue=big-palette&${days}`,
        },
        load,
      ),
    );
  }
  if (only.includes('pages')) {
    say(`\nPages, ${connections} connections, ${rounds} × ${seconds} s in turns`);
    console.table(
      await comparePaths(
        address,
        {
          'room page': `/venues/big-palette/rooms/${room}`,
          'calendar page': `/venues/big-palette/calendar`,
        },
        load,
      ),
    );
  }
  if (only.includes('finder')) await measureFinders(address, ready, load);
};

const main = async (serverFile) => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const dataFolder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-bench-'));
  // As root the database runs under another account, which must be able to enter.
  fs.chmodSync(dataFolder, 0o755);
  const profile = process.env['BENCH_PROFILE'];
  const child = fork(serverFile, [dataFolder, String(port)], {
    env: { ...process.env, KAIKAN_EMBED: 'true', DATA_FOLDER: dataFolder },
    execArgv: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  });
  try {
    const ready = await answerOf(child, 'ready');
    const processor = () => {
      const answer = answerOf(child, 'processor');
      child.send({ kind: 'processor' });
      return answer;
    };
    const load = { connections, seconds, rounds, processor };
    await measureSections({ child, address, ready, load });
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.send({ kind: 'stop' });
    await ended;
    fs.rmSync(dataFolder, { recursive: true, force: true });
  }
};

await main(process.argv[2]);
