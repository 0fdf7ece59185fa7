import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';

/** What somebody elsewhere writes against the description alone: no cast, no `any`. */
const program = `
import createClient from 'openapi-fetch';
import type { paths } from './kaikan.ts';

export interface Caller {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly cookie: string;
  readonly organizationId: string;
}

const must = <Data>({ data, error }: { data?: Data; error?: unknown }): Data => {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
};

export const mainJob = async ({ fetch, cookie, organizationId }: Caller) => {
  const client = createClient<paths>({ baseUrl: 'http://localhost', fetch, headers: { cookie } });
  const { venues } = must(await client.GET('/api/venues'));
  const venue = venues[0]!.id;
  const { rooms } = must(
    await client.GET('/api/venues/{venue}/rooms', { params: { path: { venue } } }),
  );
  const room = rooms.find(({ code }) => code === 'exhibition-hall')!;
  const day = '2027-02-14';
  const { states } = must(
    await client.GET('/api/availability', {
      params: { query: { venue, room: room.code, from: day, to: day } },
    }),
  );
  const free = states.find(({ state }) => state === 'free')!;
  const uses = [
    { room: room.code, configuration: free.configurationId, date: free.date, band: free.slot },
  ];
  const quote = must(await client.POST('/api/quotes', { body: { venue, uses } }));
  const held = must(
    await client.POST('/api/bookings', {
      params: { header: { 'Idempotency-Key': 'generated-client' } },
      body: { venue, organizationId, title: '見本市', purpose: '展示', uses },
    }),
  ).booking;
  const requested = must(
    await client.POST('/api/bookings/{id}/request', {
      params: { path: { id: held.id } },
      body: { version: held.version },
    }),
  ).booking;
  const again = await client.POST('/api/bookings/{id}/request', {
    params: { path: { id: held.id } },
    body: { version: held.version },
  });
  return {
    quotedYen: quote.quote.totalYen,
    heldState: held.state,
    state: requested.state,
    refusal: again.error?.error.code,
  };
};
`;

const folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-client-'));
let house: TestApp;
let organizer: Organizer;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  const root = fileURLToPath(new URL('../..', import.meta.url));
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
});

afterAll(async () => {
  await house.close();
  fs.rmSync(folder, { recursive: true });
});

const complaintsOf = (file: string): string[] => {
  const checked = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    skipLibCheck: true,
  });
  return ts
    .getPreEmitDiagnostics(checked)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
};

it('a client made from the description does the main job without a cast', async () => {
  const { body } = await house.call<OpenAPI3>('/api/openapi.json');
  fs.writeFileSync(path.join(folder, 'kaikan.ts'), astToString(await openapiTS(body)));
  const file = path.join(folder, 'main_job.ts');
  fs.writeFileSync(file, program);
  expect(complaintsOf(file)).toEqual([]);

  const { mainJob } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    mainJob: (caller: object) => Promise<Record<string, unknown>>;
  };
  const done = await mainJob({
    fetch: async (request: Request) => house.app.request(request),
    cookie: organizer.cookie,
    organizationId: organizer.organizationId,
  });
  expect(done).toEqual({
    quotedYen: expect.any(Number),
    heldState: 'held',
    state: 'requested',
    refusal: expect.stringMatching(/^bookings\./),
  });
});
