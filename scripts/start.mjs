import { fileURLToPath } from 'node:url';
import { build, install, orExit } from './prepare.mjs';
import { startBesides } from './stand_in.mjs';
import { supervise } from './supervise.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await orExit(install);
await orExit(build);
const server = fileURLToPath(new URL('../build/server/server.js', import.meta.url));

const besides = await orExit(() => startBesides(process.env));
const code = await supervise([process.execPath, '--enable-source-maps', server], {
  env: besides.environment,
});
await besides.stop();
process.exit(code);
