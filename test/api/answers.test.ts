import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedBy, type Description } from '#test/fixtures/answers.ts';
import { openTestApp, type Answer, type TestApp } from '#test/fixtures/app.ts';

/** The description, to be spoilt anywhere. */
type Api = Answer['body'];

let house: TestApp;

beforeAll(async () => {
  house = await openTestApp();
});

afterAll(() => house.close());

const path = '/api/venues';
const unknown = '/api/venues/nowhere/rooms';

/** Asks about an answer as it came, after the description was changed. */
const ask = async (address: string, change: (description: Api) => void = () => undefined) => {
  const { body } = await house.call<Description>('/api/openapi.json');
  change(body);
  await describedBy(body)('GET', address, await house.app.request(address));
};

const answersOf = (description: Api, address: string) => description.paths[address].get.responses;

describe('an answer', () => {
  it('that is as described passes, an error of any status too', async () => {
    await ask(path);
    await ask(unknown);
    await ask(unknown, (api) => delete answersOf(api, '/api/venues/{venue}/rooms')[404]);
  });

  it.each<[string, (api: Api) => void, RegExp]>([
    [
      'with a field nobody described',
      (api) => delete api.components.schemas.Venue.properties.nameEn,
      /additional/,
    ],
    [
      'without a field that is described',
      (api) => api.components.schemas.Venue.required.push('x'),
      /'x'/,
    ],
    [
      'of another type',
      (api) => (api.components.schemas.Venue.properties.nameEn.type = 'number'),
      /number/,
    ],
    ['of a status nobody described', (api) => delete answersOf(api, path)[200], /the status/],
    [
      'of a form nobody described',
      (api) => delete answersOf(api, path)[200].content['application/json'],
      /the type/,
    ],
    ['of an address nobody described', (api) => delete api.paths[path], /the address/],
  ])('%s does not', async (_, change, fault) => {
    await expect(ask(path, change)).rejects.toThrow(fault);
  });

  it('that drifts is an error of whoever asks the app of the tests', async () => {
    const drifting = await openTestApp();
    drifting.app.get('/api/drifts', (c) => c.json({}));
    await expect(drifting.call('/api/drifts')).rejects.toThrow('not described: GET /api/drifts');
    await drifting.close();
  });

  it('has its error checked as well', async () => {
    const change = (api: Api) => api.components.schemas.Error.required.push('x');
    await expect(ask(unknown, change)).rejects.toThrow(/'x'/);
  });
});
