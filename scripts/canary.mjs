// A check that cannot fail is worth nothing: each is given a mistake and must go red for it.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/**
 * Each tool runs once over all its mistakes, and must name every one of them: a tool that goes red for the first
 * would hide that it is blind to the second.
 */
const tools = [
  {
    name: 'types',
    command: ['svelte-check', '--fail-on-warnings', '--output', 'machine'],
    canaries: [
      {
        name: 'in a .ts file',
        files: { 'test/fixtures/canary.ts': 'export const canary: number = "sings";\n' },
        expects: /canary\.ts.*not assignable/,
      },
      {
        name: 'in a .svelte file',
        files: {
          'web/src/lib/ui/Canary.svelte':
            '<script lang="ts">\n  const canary: number = "sings";\n</script>\n\n{canary}\n',
        },
        expects: /Canary\.svelte.*not assignable/,
      },
    ],
  },
  {
    name: 'lint',
    command: ['eslint'],
    namesFiles: true,
    canaries: [
      {
        name: 'a clock in a rule',
        files: { 'api/shared/canary.ts': 'export const canary = () => new Date();\n' },
        expects: /Rules have no clock/,
      },
      {
        name: 'a promise nobody waits for',
        files: {
          'test/fixtures/canary.ts':
            'const sing = () => Promise.resolve();\nexport const canary = () => {\n  sing();\n};\n',
        },
        expects: /no-floating-promises/,
      },
      {
        name: 'a list without keys in a component',
        files: { 'web/src/lib/ui/Canary.svelte': '{#each [1] as canary}{canary}{/each}\n' },
        expects: /require-each-key/,
      },
    ],
  },
  {
    name: 'borders',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'api', 'db', 'web'],
    canaries: [
      {
        name: 'a rule that reads the database',
        files: {
          'api/shared/canary.ts':
            "import { accounts } from '#db/schema/accounts.ts';\n\nexport const canary = accounts;\n",
        },
        expects: /rules-are-pure: api\/shared\/canary\.ts/,
      },
      {
        name: 'a component that reads the database',
        files: {
          'web/src/lib/ui/Canary.svelte':
            '<script lang="ts">\n  import { accounts } from \'#db/schema/accounts.ts\';\n</script>\n\n{accounts}\n',
        },
        expects: /web-never-sees-db: web\/src\/lib\/ui\/Canary\.svelte/,
      },
      {
        name: 'an action that answers HTTP',
        files: {
          'api/accounts/actions/canary.ts':
            "import { Hono } from 'hono';\n\nexport const canary = new Hono();\n",
        },
        expects: /http-stays-at-the-door: api\/accounts\/actions\/canary\.ts/,
      },
      {
        name: 'a feature that looks to its right',
        files: {
          'api/accounts/rules/canary.ts': "export { canary } from '../../kpi/rules/canary.ts';\n",
          'api/kpi/rules/canary.ts': 'export const canary = 1;\n',
        },
        expects: /accounts-looks-only-left/,
      },
      {
        name: 'a product that brings its stand-in along',
        files: {
          'api/canary.ts': "export { startStripeStandIn } from '#standins/stripe/server.ts';\n",
        },
        expects: /the-product-holds-no-stand-in: api\/canary\.ts/,
      },
    ],
  },
  {
    name: 'dead code',
    command: ['knip', '--no-progress'],
    canaries: [
      {
        name: 'an export nobody imports',
        files: { 'api/shared/canary.ts': 'export const canary = 1;\n' },
        expects: /canary\.ts/,
      },
    ],
  },
  {
    name: 'format',
    command: ['prettier', '--check'],
    namesFiles: true,
    canaries: [
      {
        name: 'a line Prettier would write otherwise',
        files: { 'api/shared/canary.ts': 'export   const canary = "1"\n' },
        expects: /canary\.ts/,
      },
    ],
  },
  {
    name: 'the house',
    command: [
      'vitest',
      'run',
      '--project',
      'tidy',
      'test/tidy/tree.test.ts',
      'test/tidy/code.test.ts',
    ],
    canaries: [
      {
        name: 'a file whose name could hold anything',
        files: { 'api/accounts/helpers.ts': 'export const canary = 1;\n' },
        expects: /helpers/,
      },
      {
        name: 'an identifier of another trade',
        files: { 'api/shared/canary.ts': 'export const facilityCount = 1;\n' },
        expects: /facilityCount/,
      },
    ],
  },
];

const filesOf = ({ canaries }) => Object.assign({}, ...canaries.map(({ files }) => files));

const run = ([tool, ...args]) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', tool, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: stdout + stderr };
};

const release = (tool) => {
  const places = Object.keys(filesOf(tool));
  for (const file of places) fs.rmSync(file, { force: true });
  for (const file of places) {
    // A folder made for the canary goes with it; one that holds anything else stays.
    for (let folder = path.dirname(file); folder.includes('/'); folder = path.dirname(folder)) {
      if (!fs.existsSync(folder)) continue;
      if (fs.readdirSync(folder).length > 0) break;
      fs.rmdirSync(folder);
    }
  }
};

/** How many of the tool's canaries it saw. */
const listen = (tool) => {
  try {
    const files = filesOf(tool);
    for (const [file, text] of Object.entries(files)) {
      if (fs.existsSync(file)) throw new Error(`${file} is in the canary's place`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    const { status, output } = run([
      ...tool.command,
      ...(tool.namesFiles ? Object.keys(files) : []),
    ]);
    const seen = tool.canaries.filter(({ name, expects }) => {
      const isRed = status !== 0 && expects.test(output);
      process.stdout.write(`${isRed ? 'red, as it must' : 'NOT RED'}: ${tool.name}, ${name}\n`);
      return isRed;
    });
    if (seen.length < tool.canaries.length) process.stdout.write(`${output.slice(-2_000)}\n`);
    return seen.length;
  } finally {
    release(tool);
  }
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const tool of tools) release(tool);
    process.exit(1);
  });
}

const all = tools.flatMap(({ canaries }) => canaries).length;
const red = tools.map(listen).reduce((sum, seen) => sum + seen, 0);
process.stdout.write(`${red} of ${all} checks saw their canary\n`);
process.exit(red === all ? 0 : 1);
