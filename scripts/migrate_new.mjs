// drizzle-kit compares with the newest snapshot alone; kept, the older ones were nearly half of all lines.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const folder = 'db/migrations/meta';
const { status } = spawnSync('drizzle-kit', ['generate', '--name', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) process.exit(status ?? 1);
const snapshots = fs.readdirSync(folder).filter((file) => file.endsWith('_snapshot.json'));
for (const file of snapshots.sort().slice(0, -1)) fs.rmSync(path.join(folder, file));
