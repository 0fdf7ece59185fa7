import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedServer } from '#db/embedded/server.ts';

/** Another process that starts the database in a folder, tells its address and waits to be ended. */
const program = `
  import { createServer } from 'vite';
  const server = await createServer({
    configFile: false, logLevel: 'silent', appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  const { startEmbedded } = await server.ssrLoadModule('/db/embedded/server.ts');
  startEmbedded(process.argv[1]).then(
    ({ url }) => console.log('up ' + url),
    (error) => console.log('refused ' + error.message),
  );
`;

const folders: string[] = [];
const children: ChildProcess[] = [];
const servers: EmbeddedServer[] = [];

const newFolder = () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-embedded-'));
  folders.push(folder);
  return folder;
};

const start = async (folder: string) => {
  const server = await startEmbedded(folder, { shared_buffers: '16MB' });
  servers.push(server);
  return server;
};

const startElsewhere = async (folder: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
  return { child, said, url: said.replace('up ', '') };
};

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

const ask = async (url: string, statement: string) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
};

const placeOf = (folder: string) => {
  const marker = path.join(folder, 'database-place');
  return fs.existsSync(marker) ? fs.readFileSync(marker, 'utf8').trim() : folder;
};

const serverPid = (folder: string) => {
  const file = path.join(placeOf(folder), 'postgres', 'postmaster.pid');
  return Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
};

/** What has ended but was never asked how is a zombie: it runs no more. */
const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    const file = `/proc/${pid}/stat`;
    return !fs.existsSync(file) || !/\) Z /.test(fs.readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
};

const gone = async (pid: number) => {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
};

const passwordIn = (folder: string) => path.join(folder, 'database-password');

const accessIn = (folder: string) => path.join(placeOf(folder), 'postgres', 'pg_hba.conf');

afterAll(async () => {
  await Promise.all(
    children.filter((child) => child.exitCode === null && child.signalCode === null).map(ended),
  );
  await Promise.all(servers.map((server) => server.stop()));
  for (const folder of folders) {
    const marker = path.join(folder, 'database-place');
    if (fs.existsSync(marker)) {
      fs.rmSync(fs.readFileSync(marker, 'utf8').trim(), { recursive: true, force: true });
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

describe('the database of the default start', () => {
  let folder: string;

  beforeAll(() => {
    folder = newFolder();
  });

  it('lets no second process at the folder while the first one lives', async () => {
    const first = await startElsewhere(folder);
    expect(first.said).toMatch(/^up postgres:\/\//);
    await ask(first.url, 'create table kept (note text)');
    await ask(first.url, `insert into kept values ('written before the kill')`);
    await expect(startEmbedded(folder)).rejects.toThrow(`Process ${first.child.pid} already uses`);
    expect(await ask(first.url, 'select note from kept')).toHaveLength(1);
    const pid = serverPid(folder);
    await ended(first.child);
    await gone(pid);
  });

  it('ended with the process that was killed; the next start finds the data', async () => {
    const { url } = await start(folder);
    expect(await ask(url, 'select note from kept')).toEqual([{ note: 'written before the kill' }]);
  });

  it('starts again after it was killed itself', async () => {
    process.kill(serverPid(folder), 'SIGKILL');
    const { url } = await start(folder);
    expect(await ask(url, 'select note from kept')).toHaveLength(1);
  });

  it('asks for a password, which only the owner of the folder can read', async () => {
    const { url } = servers.at(-1)!;
    const without = new URL(url);
    without.password = '';
    await expect(ask(without.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(fs.statSync(passwordIn(folder)).mode & 0o777).toBe(0o600);
    expect(new URL(url).password).toBe(fs.readFileSync(passwordIn(folder), 'utf8'));
    expect(fs.readdirSync(folder).filter((name) => /password\./.test(name))).toEqual([]);
  });

  it('is not reached from other machines, keeps text as UTF-8 and survives a power cut', async () => {
    const [row] = await ask(
      servers.at(-1)!.url,
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`,
    );
    expect(row).toEqual({ addresses: '127.0.0.1', fsync: 'on', commit: 'on', encoding: 'UTF8' });
  });

  it('ends with its server', async () => {
    const pid = serverPid(folder);
    await servers.pop()!.stop();
    expect(isRunning(pid)).toBe(false);
  });
});

describe('a database that trusted everybody on this machine', () => {
  let folder: string;

  beforeAll(async () => {
    folder = newFolder();
    const { url } = await start(folder);
    await ask(url, 'create table kept (note text)');
    await ask(url, `insert into kept values ('of the time before')`);
    await ask(url, 'alter role kaikan password null');
    await servers.pop()!.stop();
    fs.rmSync(passwordIn(folder));
    const access = fs.readFileSync(accessIn(folder), 'utf8');
    fs.writeFileSync(accessIn(folder), access.replaceAll('scram-sha-256', 'trust'));
  });

  it('asks for a password from the next start on, and keeps what it holds', async () => {
    const { url } = await start(folder);
    expect(await ask(url, 'select note from kept')).toEqual([{ note: 'of the time before' }]);
    const without = new URL(url);
    without.password = '';
    await expect(ask(without.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(fs.readFileSync(accessIn(folder), 'utf8')).not.toMatch(/^[^#]*trust/m);
    await servers.pop()!.stop();
  });

  it('is given another password where the first is lost', async () => {
    const lost = fs.readFileSync(passwordIn(folder), 'utf8');
    fs.rmSync(passwordIn(folder));
    const { url } = await start(folder);
    expect(new URL(url).password).not.toBe(lost);
    expect(await ask(url, 'select note from kept')).toHaveLength(1);
    await servers.pop()!.stop();
  });

  it('says so where the kept one is another, and leaves no server behind', async () => {
    fs.writeFileSync(passwordIn(folder), 'of another database');
    await expect(start(folder)).rejects.toThrow(/database-password/);
    await gone(serverPid(folder));
  });
});

describe('a folder only its owner can enter', () => {
  it('serves as well, twice, whoever starts it', async () => {
    const folder = newFolder();
    fs.chmodSync(folder, 0o700);
    const first = await start(folder);
    await ask(first.url, 'create table kept (note text)');
    await servers.pop()!.stop();
    const second = await start(folder);
    expect(await ask(second.url, 'select note from kept')).toEqual([]);
  });
});
