// What a stranger does: clone, `npm start`, use it, lose power, start again, stop.
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const secondsToStart = 240;
const secondsToStop = 30;

const say = (line) => process.stdout.write(`smoke: ${line}\n`);
const fail = (line) => {
  throw new Error(line);
};
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const must = (command, args, options = {}) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with ${status}\n${stderr}`);
  return stdout.trim();
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const place = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-smoke-'));
const clone = path.join(place, 'clone');
const home = path.join(place, 'home');
const data = path.join(clone, '.data');
const crowdedData = path.join(place, 'crowded');
fs.mkdirSync(home);

// The registry of this machine stays known; everything else begins empty.
const environment = {
  PATH: process.env.PATH,
  HOME: home,
  LANG: 'C.UTF-8',
  npm_config_cache: path.join(place, 'npm-cache'),
  npm_config_userconfig: must('npm', ['config', 'get', 'userconfig'], { cwd: root }),
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file)$/i.test(name),
    ),
  ),
};

/** Processes that run in a folder or were told of it. */
const processesAt = (folder) =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        const told = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
        return told || fs.readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    })
    .map(Number);

const isUp = (url) =>
  fetch(`${url}/api/health`).then(
    (response) => response.ok,
    () => false,
  );

const programs = { start: 'start.mjs', server: 'server/server.js', standIn: 'standins/stripe.js' };

const running = (...names) =>
  processesAt(clone).filter((pid) => {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return names.some((name) => command.includes(programs[name]));
  });

/** One may have ended because another did. */
const killHard = (pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

const start = async (port) => {
  const npm = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...environment, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => npm.once('exit', (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  while (!(await isUp(url))) {
    if (npm.exitCode !== null) fail(`npm start ended with ${npm.exitCode}\n${output}`);
    if (performance.now() - begun > secondsToStart * 1000) fail(`no answer\n${output}`);
    await pause(200);
  }
  return { npm, url, ended, seconds: ((performance.now() - begun) / 1000).toFixed(1) };
};

const expectPage = async (url) => {
  const page = await fetch(`${url}/`);
  const text = await page.text();
  if (page.status !== 200 || !/<html[^>]* lang="ja"/.test(text)) fail(`/ answered ${page.status}`);
};

/** Payments of the demonstration go to a stand-in, whose pages come through the server. */
const isPaid = async (url) => {
  const script = await fetch(`${url}/stand-in/stripe/stripe.js`);
  const text = await script.text();
  if (script.status === 503) return false;
  if (!script.ok || !text.includes('confirmPayment')) fail(`the stand-in: ${script.status}`);
  return true;
};

const expectStartedAgain = async (program, isThere) => {
  if (!(await isThere())) fail(`${programs[program]} does not answer`);
  const [pid, ...others] = running(program);
  if (!pid || others.length > 0) fail(`${programs[program]} runs as ${others.length + 1} or none`);
  killHard(pid);
  while (await isThere()) await pause(50);
  for (let turn = 0; !(await isThere()); turn += 1) {
    if (turn > secondsToStart) fail(`${programs[program]} fell and was not started again`);
    await pause(1_000);
  }
  say(`${programs[program]} falls and is started again by itself`);
};

const expectNoStandInInProduct = () => {
  const map = path.join(clone, 'build', 'server', 'server.js.map');
  const { sources } = JSON.parse(fs.readFileSync(map, 'utf8'));
  if (!sources.some((name) => name.endsWith('api/app.ts'))) fail(`${map} names no sources`);
  const strangers = sources.filter((name) => name.includes('standins/'));
  if (strangers.length > 0) fail(`the product holds ${strangers.join(' ')}`);
  say('the bundle of the product holds no stand-in');
};

/** Where a database lies: in its data folder, or elsewhere when its account cannot enter there. */
const databasePlace = (folder) => {
  const marker = path.join(folder, 'database-place');
  return fs.existsSync(marker) ? fs.readFileSync(marker, 'utf8').trim() : folder;
};

const withDatabase = async (work) => {
  const pidFile = path.join(databasePlace(data), 'postgres', 'postmaster.pid');
  const port = fs.readFileSync(pidFile, 'utf8').split('\n')[3];
  const postgres = createRequire(path.join(clone, 'package.json'))('postgres');
  const password = fs.readFileSync(path.join(data, 'database-password'), 'utf8');
  const sql = postgres(`postgres://kaikan:${password}@127.0.0.1:${port}/postgres`, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
};

const processesOfServer = () => [...processesAt(place), ...processesAt(databasePlace(data))];

const untilNone = async (findProcesses) => {
  for (let turn = 0; turn < secondsToStop * 5; turn += 1) {
    if (findProcesses().length === 0) return;
    await pause(200);
  }
  fail(`still running: ${findProcesses().join(' ')}`);
};

/**
 * What the stranger's start has built is the build of this very tree, and the year it has invented is as good
 * as another: the journeys begin with both. As root the database lies elsewhere already.
 */
const keepForJourneys = () => {
  const build = path.join(root, 'build');
  fs.rmSync(build, { recursive: true, force: true });
  fs.cpSync(path.join(clone, 'build'), build, { recursive: true });
  const kept = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-year-'));
  fs.chmodSync(kept, 0o755);
  must('cp', ['-a', `${data}/.`, kept]);
  fs.rmSync(path.join(data, 'database-place'), { force: true });
  fs.writeFileSync(path.join(build, 'seeded-year'), kept);
};

const run = async () => {
  must('git', ['-c', 'safe.directory=*', 'clone', '--quiet', root, clone]);
  const port = await freePort();

  const first = await start(port);
  say(`a fresh clone with an empty home answers after ${first.seconds} s`);
  await expectPage(first.url);
  expectNoStandInInProduct();
  await withDatabase(
    (sql) => sql`
      insert into mailbox_messages ${sql({
        id: 'mal_smoke',
        received_at: new Date(),
        from_address: 'smoke@example.jp',
        to_address: 'smoke@example.jp',
        subject: 'smoke',
        body: 'smoke',
      })}`,
  );

  running('start', 'server', 'standIn').forEach(killHard);
  await first.ended;
  say('killed');

  const second = await start(port);
  say(`starts again after ${second.seconds} s`);
  await expectPage(second.url);
  const [kept] = await withDatabase(
    (sql) => sql`select count(*)::int as count from mailbox_messages where id = 'mal_smoke'`,
  );
  if (kept.count !== 1) fail('what was saved before the kill is gone');
  say('what was saved is there');

  await expectStartedAgain('server', () => isUp(second.url));
  await expectPage(second.url);
  await expectStartedAgain('standIn', () => isPaid(second.url));

  const crowded = spawnSync(process.execPath, ['scripts/start.mjs'], {
    cwd: clone,
    env: { ...environment, PORT: String(port), HOST: '127.0.0.1', DATA_FOLDER: crowdedData },
    encoding: 'utf8',
  });
  if (crowded.status === 0 || !crowded.stderr.includes('EADDRINUSE')) fail(crowded.stderr);
  await untilNone(() => processesAt(databasePlace(crowdedData)));
  say('an occupied port is said, and leaves nothing running');

  second.npm.kill('SIGTERM');
  await second.ended;
  await untilNone(processesOfServer);
  say('stops cleanly, nothing left running');

  const changed = must('git', ['status', '--porcelain'], { cwd: clone });
  if (changed) fail(`starting changed the clone:\n${changed}`);
  if (process.argv.includes('--keep')) keepForJourneys();
};

try {
  await run();
} catch (error) {
  process.stderr.write(`smoke: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  processesOfServer().forEach(killHard);
  for (const folder of [databasePlace(data), databasePlace(crowdedData), place]) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
