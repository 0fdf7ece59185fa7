// Runs before anything is installed: node: modules only, and no syntax newer than Node 14.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const oldestNode = [20, 19];

const installedStamp = at('node_modules', '.installed');
const ofEveryBundle = ['package.json', 'package-lock.json', 'tsconfig.json'];
const product = {
  stamp: at('build', '.built'),
  from: [
    'api',
    'db',
    'web',
    'svelte.config.js',
    'vite.config.ts',
    'vite.server.config.ts',
    ...ofEveryBundle,
  ],
};
const standIns = {
  stamp: at('build', 'standins', '.built'),
  from: ['standins', 'vite.standins.config.ts', ...ofEveryBundle],
};

const say = (message) => process.stderr.write(`kaikan: ${message}\n`);
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isOldEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (isOldEnough) return;
  say(`Node.js ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
  say(`Node.js ${oldestNode.join('.')} 以上が必要です(現在 ${process.versions.node})。`);
  process.exit(1);
};

const filesBelow = (place) => {
  if (!fs.existsSync(at(place))) return [];
  if (!fs.statSync(at(place)).isDirectory()) return [place];
  return fs
    .readdirSync(at(place))
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .flatMap((name) => filesBelow(`${place}/${name}`));
};

// Contents, not times: a clone or a checkout gives every file the time it was made.
const hashOf = (places) => {
  const hash = createHash('sha256').update(`${platform()}\n`);
  for (const file of places.flatMap(filesBelow).sort()) {
    const bytes = fs.readFileSync(at(file));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
};

const platform = () => `${process.platform}-${process.arch}-${process.versions.modules}`;

/** Runs a command to its end; a signal to us reaches it first, so that nothing goes on behind our back. */
const run = (command, args, env, isQuiet) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: Object.assign({}, process.env, env),
      stdio: ['ignore', isQuiet ? 'pipe' : 2, isQuiet ? 'pipe' : 2],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) stream.on('data', (chunk) => (output += chunk));
    }
    const stop = (signal) => {
      child.once('close', () => process.exit(signal === 'SIGINT' ? 130 : 143));
      child.kill(signal);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (code === 0) return resolve();
      process.stderr.write(output);
      reject(new Error(`${[path.basename(command), ...args].join(' ')} ended with ${code}`));
    });
  });

const npm = (args) => {
  const execPath = process.env.npm_execpath || '';
  return /npm-cli\.c?js$/.test(execPath) && fs.existsSync(execPath)
    ? run(process.execPath, [execPath, ...args], {}, false)
    : run('npm', args, {}, false);
};

/** Whether npm's own record of node_modules holds every package of the lock, as after a hand-made install. */
const isLockInstalled = () => {
  const record = read(at('node_modules', '.package-lock.json'));
  if (!record) return false;
  const installed = JSON.parse(record).packages;
  const locked = Object.entries(JSON.parse(read(at('package-lock.json'))).packages);
  return locked.every(([name, { version, integrity, optional }]) => {
    const found = installed[name];
    if (name === '' || (optional && !found)) return true;
    return Boolean(found) && found.version === version && found.integrity === integrity;
  });
};

/** Brings node_modules to what package-lock.json says; nothing happens when it is there already. */
export const install = async () => {
  requireNode();
  const wanted = `${platform()} ${hashOf(['package-lock.json'])}`;
  const found = read(installedStamp);
  if (found === wanted) return;
  if (!found.startsWith(`${platform()} `) || !isLockInstalled()) {
    say('installing packages …');
    fs.rmSync(installedStamp, { force: true });
    await npm([
      'ci',
      '--include=dev',
      '--include=optional',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
  }
  fs.writeFileSync(installedStamp, wanted);
};

/** Does the work where the sources are not those of the last time. */
const whenChanged = async ({ stamp, from }, work) => {
  // Taken before the build: a file saved while it runs makes the next start build again.
  const wanted = hashOf(from);
  if (read(stamp) === wanted) return;
  await work();
  fs.writeFileSync(stamp, wanted);
};

const production = { NODE_ENV: 'production' };
const vite = (...args) =>
  run(process.execPath, [at('node_modules', 'vite', 'bin', 'vite.js'), ...args], production, true);

/** Makes build/web and build/server from the sources; nothing happens when they are unchanged. */
export const build = () =>
  whenChanged(product, async () => {
    say('building …');
    fs.rmSync(at('build'), { recursive: true, force: true });
    const kit = at('node_modules', '@sveltejs', 'kit', 'svelte-kit.js');
    await run(process.execPath, [kit, 'sync'], production, true);
    await vite('build');
    await vite('build', '--config', 'vite.server.config.ts');
  });

/** Makes build/standins, which only a demonstration needs. */
export const buildStandIns = () =>
  whenChanged(standIns, () => vite('build', '--config', 'vite.standins.config.ts'));

/** Tells a failed step in one line, not with our own stack. */
export const orExit = (work) =>
  work().catch((error) => {
    say(error.message);
    process.exit(1);
  });

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  await orExit(install);
  if (!process.argv.includes('--build')) process.exit(0);
  await orExit(build);
  await orExit(buildStandIns);
}
