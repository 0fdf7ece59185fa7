// Builds the server of the bench beside the pages, and measures it; ends by itself, on loopback only.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: 'test/bench/server.ts',
    outDir: 'build/bench',
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'server.js' } },
  },
});
const measuring = spawn(process.execPath, ['test/bench/measure.mjs', 'build/bench/server.js'], {
  stdio: 'inherit',
});
measuring.once('close', (code) => process.exit(code ?? 1));
