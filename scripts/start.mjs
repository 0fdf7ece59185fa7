import { fileURLToPath } from 'node:url';
import { build, install, orExit } from './prepare.mjs';
import { supervise } from './supervise.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await orExit(install);
await orExit(build);
const server = fileURLToPath(new URL('../build/server/server.js', import.meta.url));
process.exit(await supervise([process.execPath, '--enable-source-maps', server]));
