import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueMail } from '#api/outbox/actions.ts';
import {
  openTestApp,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  manager = await house.staff('manager');
});

afterAll(() => house.close());

type Node = Answer['body'];

it('everything that people or programs write says what kind of text it is', async () => {
  const { paths, components } = (await house.call('/api/openapi.json')).body;
  const said = ['format', 'pattern', 'enum', 'const'];
  const freeTexts = (schema: Node, at: string): string[] => {
    if (schema.$ref) return freeTexts(components.schemas[schema.$ref.split('/').at(-1)], at);
    const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
    return [
      ...(schema.type === 'string' && !said.some((key) => key in schema) ? [at] : []),
      ...inner.flatMap((one: Node) => freeTexts(one, at)),
      ...(schema.items ? freeTexts(schema.items, `${at}[]`) : []),
      ...(schema.additionalProperties ? freeTexts(schema.additionalProperties, `${at}{}`) : []),
      ...(schema.propertyNames ? freeTexts(schema.propertyNames, `${at}{key}`) : []),
      ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
        freeTexts(one, `${at}.${name}`),
      ),
    ];
  };
  const free = Object.entries<Record<string, Node>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [], requestBody }]) => {
      const name = `${method} ${path}`;
      return [
        ...parameters
          .filter((one: Node) => one.in === 'query')
          .flatMap((one: Node) => freeTexts(one.schema, `${name} ?${one.name}`)),
        ...Object.values<Node>(requestBody?.content ?? {}).flatMap(({ schema }) =>
          freeTexts(schema, name),
        ),
      ];
    }),
  );
  expect(free).toEqual([]);
});

const breaking = '春の会\r\nBcc: everybody@example.jp';
const turned = '請求書\u202efdp.exe';

describe('a break in what is one line', () => {
  const caller = { kind: 'organization', name: '会', contactName: '花', phone: '0249478010' };
  const closure = {
    venue: 'big-palette',
    kind: 'block',
    isWholeVenue: true,
    startsOn: '2027-03-01',
    endsOn: '2027-03-01',
    reasonJa: '点検',
  };
  const held = () => askHold(organizer.organizationId);
  it.each<[field: string, path: string, json: () => object]>([
    ['title', '/api/bookings', () => ({ ...held(), title: breaking })],
    ['priorityReason', '/api/bookings', () => ({ ...held(), priorityReason: breaking })],
    ['name', '/api/organizations/callers', () => ({ ...caller, name: breaking })],
    ['nameKana', '/api/organizations/callers', () => ({ ...caller, nameKana: breaking })],
    ['contactName', '/api/organizations/callers', () => ({ ...caller, contactName: breaking })],
    ['address', '/api/organizations/callers', () => ({ ...caller, address: breaking })],
    ['addressee', '/api/organizations/callers', () => ({ ...caller, addressee: breaking })],
    ['reasonJa', '/api/closures', () => ({ ...closure, reasonJa: breaking })],
    ['reasonEn', '/api/closures', () => ({ ...closure, reasonEn: breaking })],
    [
      'name',
      '/api/calendars/feeds',
      () => ({ organizationId: organizer.organizationId, name: breaking }),
    ],
    [
      'account.name',
      '/api/organizations',
      () => ({
        account: { name: breaking, email: 'a@example.jp' },
        organization: { ...caller, email: 'a@example.jp' },
      }),
    ],
  ])('is refused with its field: %s at %s', async (field, path, json) => {
    const answer = await house.call(path, { as: manager, json: json() });
    expect([answer.status, answer.body.error?.fields?.[0]]).toEqual([
      400,
      expect.objectContaining({ path: field, code: 'http.not_one_line' }),
    ]);
  });

  it('is refused in the name of a file', async () => {
    const { body } = await house.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId),
    });
    const path = `/api/bookings/${body.booking.id}/files?kind=other&name=`;
    const send = (name: string) =>
      house.call(path + encodeURIComponent(name), { as: organizer, raw: '%PDF-1.7 …' });
    const refused = await send(breaking);
    expect([refused.status, refused.body.error?.fields?.[0].path]).toEqual([400, 'name']);
    const kept = await send(turned);
    expect(kept.body.file.name).toBe('請求書fdp.exe');
  });

  it('and marks that turn it round leave neither in a subject nor in the name of a download', async () => {
    const { body } = await house.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId, {
        uses: [
          { room: 'exhibition-hall', configuration: 'c', date: '2027-03-14', band: 'daytime' },
        ],
      }),
    });
    const { id } = body.booking;
    const sent = await house.call(`/api/bookings/${id}/files?kind=other&name=a.pdf`, {
      as: organizer,
      raw: '%PDF-1.7 …',
    });
    const fileId = sent.body.file.id;
    await house.sql`update files set name = ${`${breaking}'\u202efdp.exe`} where id = ${fileId}`;
    const file = await house.call(`/api/bookings/${id}/files/${fileId}`, { as: organizer });
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="___ Bcc: everybody@example.jp'fdp.exe"; filename*=UTF-8''${encodeURIComponent('春の会 Bcc: everybody@example.jp')}%27fdp.exe`,
    );
    const context = house.contextOf({ kind: 'job', name: 'test' });
    await context.transact((tx) =>
      queueMail(tx, context, {
        topic: 'test',
        to: 'reader@example.jp',
        locale: 'ja',
        subject: `${breaking}\u202e`,
        body: '…',
      }),
    );
    const [mail] = await house.sql`select subject from mails where topic = 'test'`;
    expect(mail!['subject']).toBe('春の会 Bcc: everybody@example.jp');
  });

  it('is kept in what is a text', async () => {
    const { body } = await house.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId, {
        title: `${turned} \n`,
        purpose: '展示\r\n商談',
        uses: [
          { room: 'exhibition-hall', configuration: 'a', date: '2027-04-14', band: 'daytime' },
        ],
      }),
    });
    expect(body.booking).toMatchObject({ title: '請求書fdp.exe', purpose: '展示\n商談' });
  });
});
