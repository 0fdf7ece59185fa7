import { fileURLToPath } from 'node:url';
import { build, install, orExit } from './prepare.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await orExit(install);
await orExit(build);
process.setSourceMapsEnabled(true);
await import(new URL('../build/server/server.js', import.meta.url).href);
