import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import serverBundle from '../../vite.server.config.ts';
import { filesIn, readText } from './sources.ts';

interface Service {
  readonly image?: string;
  readonly env_file?: string;
  readonly environment: Record<string, string>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly restart: string;
}

interface Instruction {
  readonly name: string;
  readonly text: string;
}

const instructionsOf = (text: string): readonly Instruction[] =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => ({
      name: line.split(' ')[0]!,
      text: line.slice(line.indexOf(' ') + 1).trim(),
    }));

const instructions = instructionsOf(readText('Dockerfile'));
const starts = instructions.flatMap(({ name }, at) => (name === 'FROM' ? [at] : []));
const last = instructions.slice(starts.at(-1));
const find = (name: string) => last.filter((one) => one.name === name).map(({ text }) => text);
const compose = parse(readText('compose.yaml')) as {
  services: Record<'app' | 'database', Service>;
  volumes: Record<string, null>;
};
const { app, database } = compose.services;

describe('the image', () => {
  test('is made of instructions that exist, in stages of one base of a version we name', () => {
    const known = 'FROM WORKDIR COPY RUN ENV USER EXPOSE HEALTHCHECK CMD'.split(' ');
    expect(instructions.filter(({ name }) => !known.includes(name))).toEqual([]);
    const bases = new Set(starts.map((at) => instructions[at]!.text.split(' ')[0]!));
    expect([...bases]).toEqual([expect.stringMatching(/^node:(22|24)-[a-z]+-slim$/)]);
  });

  test('runs what the build makes, with its health asked, and not as root', () => {
    const { outDir } = serverBundle.build!;
    expect(find('CMD')).toEqual([`["node", "--enable-source-maps", "${outDir}/server.js"]`]);
    expect(find('USER')).toEqual(['node']);
    expect(find('HEALTHCHECK')[0]).toContain('/api/health');
    const asked = /CMD (\[.*\])$/.exec(find('HEALTHCHECK')[0]!)![1]!;
    const [, , script] = JSON.parse(asked) as [string, string, string];
    expect(() => new Function(script)).not.toThrow();
  });

  test('holds packages for production, the built house and what that reads beside it, nothing else', () => {
    const copied = find('COPY').map((text) => text.replace(/--from=\w+ \/kaikan\//, '').split(' '));
    expect(copied.flatMap((parts) => parts.slice(0, -1)).sort()).toEqual(
      [
        ...['LICENSE', 'NOTICE', 'build/server', 'build/web'],
        ...['db/guards', 'db/migrations', 'node_modules', 'package.json'],
      ].sort(),
    );
    expect(find('COPY')).toContain('--from=packages /kaikan/node_modules ./node_modules');
    expect(readText('Dockerfile')).toMatch(/AS packages\n(.*\n)*?RUN npm ci --omit=dev /);
    const read = [...readText('db/migrate.server.ts').matchAll(/folderOf\('(\w+)'\)/g)];
    expect(new Set(read.map((match) => `db/${match[1]!}`))).toEqual(
      new Set(['db/guards', 'db/migrations']),
    );
  });

  test('takes nothing in that is made or secret', () => {
    const leftOut = readText('.dockerignore').split('\n');
    for (const name of ['.git', '.data', 'node_modules', 'build', 'kaikan.env'])
      expect(leftOut).toContain(name);
    expect(readText('.gitignore').split('\n')).toContain('kaikan.env');
  });
});

describe('compose.yaml', () => {
  test('runs the image with a database that keeps its data, each started again when it falls', () => {
    expect(Object.keys(compose.services)).toEqual(['app', 'database']);
    for (const { restart } of [app, database]) expect(restart).toBe('unless-stopped');
    expect(database.image).toMatch(/^postgres:\d+$/);
    const [volume, place] = database.volumes![0]!.split(':');
    expect(compose.volumes).toHaveProperty(volume!);
    // From version 18 on the data of a version lie below this folder.
    expect(place).toBe('/var/lib/postgresql');
    expect(database.healthcheck).toBeDefined();
  });

  test('has no secret in it, and no door but the one for the proxy', () => {
    expect(app.env_file).toBe('kaikan.env');
    expect(app.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+:3000$/)]);
    expect(database.ports).toBeUndefined();
    const values = [app, database].flatMap(({ environment }) => Object.entries(environment));
    const secrets = values.filter(([name]) => /PASSWORD|SECRET|_URL/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, value] of secrets) expect(value).toContain('${POSTGRES_PASSWORD:?');
  });

  test('sets what the server reads', () => {
    const read = readText('api/settings.ts');
    for (const name of Object.keys(app.environment)) expect(read).toContain(`  ${name}: `);
  });
});

describe('the forms of the repository', () => {
  test.each(filesIn('.github/ISSUE_TEMPLATE', '.yml'))(
    '%s can be read, in both languages',
    (file) => {
      const form = parse(readText(file)) as { name?: string; body?: { attributes: object }[] };
      if (!form.body) return void expect(file).toMatch(/config\.yml$/);
      expect(form.name).toMatch(/.+ \/ .+/);
      for (const { attributes } of form.body) {
        const { label } = attributes as { label?: string };
        if (label) expect(label).toMatch(/[ぁ-んァ-ン一-龠].* \/ [A-Z]/);
      }
    },
  );
});
