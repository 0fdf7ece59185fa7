// A check that cannot fail is worth nothing: each is given a mistake and must go red for it.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const component = 'web/src/lib/ui/Canary.svelte';

const canaries = [
  {
    name: 'types, in a .ts file',
    files: { 'test/fixtures/canary.ts': 'export const canary: number = "sings";\n' },
    command: ['svelte-check', '--fail-on-warnings', '--output', 'machine'],
    expects: /canary\.ts.*not assignable/,
  },
  {
    name: 'types, in a .svelte file',
    files: {
      [component]: '<script lang="ts">\n  const canary: number = "sings";\n</script>\n\n{canary}\n',
    },
    command: ['svelte-check', '--fail-on-warnings', '--output', 'machine'],
    expects: /Canary\.svelte.*not assignable/,
  },
  {
    name: 'lint, a clock in a rule',
    files: { 'api/shared/canary.ts': 'export const canary = () => new Date();\n' },
    command: ['eslint', 'api/shared/canary.ts'],
    expects: /Rules have no clock/,
  },
  {
    name: 'lint, a promise nobody waits for',
    files: {
      'test/fixtures/canary.ts':
        'const sing = () => Promise.resolve();\nexport const canary = () => {\n  sing();\n};\n',
    },
    command: ['eslint', 'test/fixtures/canary.ts'],
    expects: /no-floating-promises/,
  },
  {
    name: 'lint, a list without keys in a component',
    files: { [component]: '{#each [1] as canary}{canary}{/each}\n' },
    command: ['eslint', component],
    expects: /require-each-key/,
  },
  {
    name: 'borders, a rule that reads the database',
    files: {
      'api/shared/canary.ts':
        "import { accounts } from '#db/schema/accounts.ts';\n\nexport const canary = accounts;\n",
    },
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'api', 'db'],
    expects: /rules-are-pure: api\/shared\/canary\.ts/,
  },
  {
    name: 'borders, a component that reads the database',
    files: {
      [component]:
        '<script lang="ts">\n  import { accounts } from \'#db/schema/accounts.ts\';\n</script>\n\n{accounts}\n',
    },
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'db', 'web'],
    expects: /web-never-sees-db: web\/src\/lib\/ui\/Canary\.svelte/,
  },
  {
    name: 'borders, an action that answers HTTP',
    files: {
      'api/accounts/actions/canary.ts':
        "import { Hono } from 'hono';\n\nexport const canary = new Hono();\n",
    },
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'api', 'db'],
    expects: /http-stays-at-the-door: api\/accounts\/actions\/canary\.ts/,
  },
  {
    name: 'borders, a feature that looks to its right',
    files: {
      'api/accounts/rules/canary.ts': "export { canary } from '../../kpi/rules/canary.ts';\n",
      'api/kpi/rules/canary.ts': 'export const canary = 1;\n',
    },
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'api', 'db'],
    expects: /accounts-looks-only-left/,
  },
  {
    name: 'dead code, an export nobody imports',
    files: { 'api/shared/canary.ts': 'export const canary = 1;\n' },
    command: ['knip', '--no-progress'],
    expects: /canary\.ts/,
  },
  {
    name: 'format, a line Prettier would write otherwise',
    files: { 'api/shared/canary.ts': 'export   const canary = "1"\n' },
    command: ['prettier', '--check', 'api/shared/canary.ts'],
    expects: /canary\.ts/,
  },
  {
    name: 'the tree, a file whose name could hold anything',
    files: { 'api/accounts/helpers.ts': 'export const canary = 1;\n' },
    command: ['vitest', 'run', '--project', 'tidy', 'test/tidy/tree.test.ts'],
    expects: /helpers/,
  },
  {
    name: 'the words, an identifier of another trade',
    files: { 'api/shared/canary.ts': 'export const facilityCount = 1;\n' },
    command: ['vitest', 'run', '--project', 'tidy', 'test/tidy/code.test.ts'],
    expects: /facilityCount/,
  },
];

const run = ([tool, ...args]) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', tool, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: stdout + stderr };
};

const release = (files) => {
  for (const file of Object.keys(files)) fs.rmSync(file, { force: true });
  for (const file of Object.keys(files)) {
    // A folder made for the canary goes with it; one that holds anything else stays.
    for (let folder = path.dirname(file); folder.includes('/'); folder = path.dirname(folder)) {
      if (!fs.existsSync(folder)) continue;
      if (fs.readdirSync(folder).length > 0) break;
      fs.rmdirSync(folder);
    }
  }
};

const listen = ({ name, files, command, expects }) => {
  try {
    for (const [file, text] of Object.entries(files)) {
      if (fs.existsSync(file)) throw new Error(`${file} is in the canary's place`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    const { status, output } = run(command);
    const isRed = status !== 0 && expects.test(output);
    process.stdout.write(`${isRed ? 'red, as it must' : 'NOT RED'}: ${name}\n`);
    if (!isRed) process.stdout.write(`${output.slice(-2_000)}\n`);
    return isRed;
  } finally {
    release(files);
  }
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const { files } of canaries) release(files);
    process.exit(1);
  });
}

const red = canaries.filter(listen).length;
process.stdout.write(`${red} of ${canaries.length} checks saw their canary\n`);
process.exit(red === canaries.length ? 0 : 1);
