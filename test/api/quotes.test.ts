import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';

let house: TestApp;

beforeAll(async () => {
  house = await openTestApp();
});

afterAll(() => house.close());

const day = '2027-02-14';
const hall = { room: 'exhibition-hall', date: day, band: 'daytime' };

const ask = (uses: object[], rest: object = {}) =>
  house.call('/api/quotes', { json: { venue: 'big-palette', uses, ...rest } });

const quoted = async (uses: object[], rest: object = {}) => {
  const { status, body } = await ask(uses, rest);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.quote;
};

const refused = async (uses: object[], rest: object = {}) => {
  const { status, body } = await ask(uses, rest);
  return {
    status,
    code: body.error?.code,
    fields: body.error?.fields?.map(({ path, code }: { path: string; code: string }) => [
      path,
      code,
    ]),
  };
};

describe('a quote for Big Palette', () => {
  it('needs no sign-in and gives the published price of the whole hall', async () => {
    const quote = await quoted([hall]);
    expect(quote).toMatchObject({
      totalYen: 721_600,
      taxYen: 65_600,
      taxRateBp: 1_000,
      isProvisional: false,
      warnings: [],
    });
    expect(quote.lines).toMatchObject([
      {
        kind: 'room',
        configurationId: 'big-palette.exhibition-hall.all',
        reasonJa: '9時〜17時の料金 721,600円',
        publication: 'published',
      },
    ]);
  });

  it('is the same sum for A, B and C', async () => {
    const uses = ['a', 'b', 'c'].map((configuration) => ({ ...hall, configuration }));
    const quote = await quoted(uses);
    expect(quote.lines.map(({ amountYen }: { amountYen: number }) => amountYen)).toEqual([
      217_800, 189_200, 314_600,
    ]);
    expect(quote.totalYen).toBe(721_600);
  });

  it('is 505,120 yen for a day of set-up', async () => {
    const quote = await quoted([{ ...hall, phase: 'setup' }]);
    expect(quote.totalYen).toBe(505_120);
    expect(quote.lines[0].steps.map(({ code }: { code: string }) => code)).toEqual([
      'base',
      'setup_rate',
    ]);
  });

  it('rounds hours of cooling and heating up and counts LAN by room and day', async () => {
    const quote = await quoted([
      { ...hall, coolingHours: '２．５', heatingHours: 1, wiredLan: true },
      { ...hall, band: 'evening', wiredLan: true },
    ]);
    expect(
      quote.lines.map((line: { kind: string; amountYen: number }) => [line.kind, line.amountYen]),
    ).toEqual([
      ['room', 1_082_400],
      ['cooling', 90_090],
      ['heating', 15_191],
      ['wired_lan', 9_000],
    ]);
  });

  it('says that the evening alone is provisional, on the line and in the warnings', async () => {
    const quote = await quoted([{ ...hall, band: 'evening' }]);
    expect(quote).toMatchObject({ totalYen: 360_800, isProvisional: true });
    expect(quote.lines[0].publication).toBe('provisional');
    const [price, rule] = quote.warnings;
    expect(price).toMatchObject({ code: 'fees.provisional_price', lineIndexes: [0] });
    expect(price.ja).toContain('多目的展示ホール 全面（17時〜21時）');
    expect(price.ja).toContain('半額');
    expect(rule).toMatchObject({ code: 'fees.provisional_tariff', lineIndexes: [0] });
  });

  it('charges the event for a slot it shares with its set-up', async () => {
    const quote = await quoted([
      { ...hall, phase: 'setup' },
      { ...hall, band: 'afternoon' },
    ]);
    expect(quote.lines).toMatchObject([
      { bandCode: 'morning', phase: 'setup', amountYen: 252_560 },
      { bandCode: 'afternoon', phase: 'event', amountYen: 360_800, useIndexes: [0, 1] },
    ]);
    expect(quote.lines[1].reasonJa).toContain('本番と同じ区分のため');
  });

  it('adds to the fee by the highest admission', async () => {
    const quote = await quoted([hall], { admissionMaxYen: '３，０００' });
    expect(quote.totalYen).toBe(1_226_720);
    expect(quote.isProvisional).toBe(true);
    expect(quote.lines[0].reasonJa).toContain('最高入場料 3,000円、70%加算');
  });

  it('charges small businesses the standard price and says why', async () => {
    const quote = await quoted([hall], { customerClass: 'sme' });
    expect(quote.totalYen).toBe(721_600);
    expect(quote.warnings[0].code).toBe('fees.sme_price_missing');
  });

  it('tells from when a later month can be booked', async () => {
    const part = { room: 'convention-hall', configuration: 'a', band: 'daytime' };
    const { warnings, totalYen } = await quoted([
      { ...part, date: '2026-12-01' },
      { ...part, date: '2028-03-01' },
      { ...part, date: '2028-03-31' },
    ]);
    expect(totalYen).toBeGreaterThan(0);
    const opening = warnings.filter(({ code }: { code: string }) => code === 'fees.not_open_yet');
    expect(opening).toEqual([
      {
        code: 'fees.not_open_yet',
        ja: 'コンベンションホール Aの2028年3月分の受付は、2027年9月1日9時に始まります。',
        en: 'Booking of Convention Hall, A for 2028-03 opens on 2027-09-01 at 09:00.',
        lineIndexes: [1, 2],
      },
    ]);
  });

  it('does not depend on the order of its 200 uses', async () => {
    const dates = Array.from({ length: 200 }, (_, at) =>
      new Date(Date.UTC(2027, 1, 14 + at)).toISOString().slice(0, 10),
    );
    const uses = dates.map((date) => ({ ...hall, date }));
    const [forth, back] = [await quoted(uses), await quoted([...uses].reverse())];
    expect(forth.totalYen).toBe(200 * 721_600);
    expect(back.totalYen).toBe(forth.totalYen);
  });
});

describe('a quote for Corasse', () => {
  const room = { room: 'multipurpose-hall', date: day, band: 'daytime' };
  const at = (rest: object = {}) => quoted([room], { venue: 'corasse', ...rest });

  it('is 150 percent for commercial use', async () => {
    expect((await at()).totalYen).toBe(85_200);
    expect((await at({ isCommercial: true })).totalYen).toBe(127_800);
  });

  it('is lower for small businesses', async () => {
    const quote = await at({ customerClass: 'sme' });
    expect(quote.totalYen).toBe(68_160);
    expect(quote.lines[0].reasonJa).toContain('中小企業料金 68,160円');
  });
});

describe('a quote is refused', () => {
  it('for a room of another venue', async () => {
    expect(await refused([hall, { ...hall, room: 'corasse.multipurpose-hall' }])).toEqual({
      status: 422,
      code: 'rooms.not_in_venue',
      fields: [['uses.1.room', 'rooms.not_in_venue']],
    });
  });

  it('for a part the room does not have', async () => {
    expect(await refused([{ ...hall, configuration: 'a+c' }])).toEqual({
      status: 422,
      code: 'rooms.unknown_configuration',
      fields: [['uses.0.configuration', 'rooms.unknown_configuration']],
    });
  });

  it('for a band the venue does not have', async () => {
    const { status, code } = await refused([{ ...hall, band: 'night' }]);
    expect([status, code]).toEqual([422, 'slots.unknown_band']);
  });

  it('for more people than the layout takes, but not by the number of booths', async () => {
    const crowd = { ...hall, configuration: 'a', attendance: '１，５００' };
    const { body, status } = await ask([{ ...crowd, layout: 'theatre' }]);
    expect([status, body.error.code]).toEqual([422, 'rooms.capacity_exceeded']);
    const without = await ask([crowd]);
    expect([without.status, without.body.error.code]).toEqual([422, 'rooms.capacity_exceeded']);
    expect(body.error.message).toContain('1500人が定員1400人を超えています');
    expect(body.error.fields[0].path).toBe('uses.0.attendance');
    expect((await ask([{ ...crowd, attendance: 1_400, layout: 'theatre' }])).status).toBe(200);
    expect((await ask([{ ...crowd, layout: 'booths' }])).status).toBe(200);
    expect((await ask([{ ...crowd, layout: 'banquet' }])).status).toBe(200);
  });

  it('for a venue nobody knows', async () => {
    const { status, code } = await refused([hall], { venue: 'town-hall' });
    expect([status, code]).toEqual([404, 'venues.unknown']);
  });

  it('for wired LAN where there is none', async () => {
    const { code, fields } = await refused([{ ...hall, room: 'outdoor', wiredLan: true }]);
    expect(code).toBe('fees.no_extra_price');
    expect(fields).toEqual([['uses.0.wiredLan', 'fees.no_extra_price']]);
  });

  it('for a day that has passed, not for today', async () => {
    expect(await refused([{ ...hall, date: '2026-11-23' }])).toEqual({
      status: 422,
      code: 'fees.past_day',
      fields: [['uses.0.date', 'fees.past_day']],
    });
    expect((await ask([{ ...hall, date: '2026-11-24' }])).status).toBe(200);
  });

  it('with the field named where the input cannot be read', async () => {
    const { status, fields } = await refused([{ ...hall, date: '2027-02-30', coolingHours: 'x' }]);
    expect(status).toBe(400);
    expect(fields).toEqual([
      ['uses.0.date', 'http.not_a_day'],
      ['uses.0.coolingHours', 'http.not_a_number'],
    ]);
  });

  it('for no use and for more than 200', async () => {
    expect(await refused([])).toMatchObject({ status: 400 });
    expect(await refused(Array.from({ length: 201 }, () => hall))).toMatchObject({ status: 400 });
  });

  it('in English for those who read English', async () => {
    const { body } = await house.call('/api/quotes', {
      json: { venue: 'big-palette', uses: [{ ...hall, date: '2026-01-05' }] },
      headers: { 'accept-language': 'en' },
    });
    expect(body.error.message).toBe(
      'Mon 5 Jan 2026 has passed. Please choose today or a later day.',
    );
  });
});

describe('what can no longer be applied for', () => {
  const asked = (date: string, room = 'small-meeting-1') => ({
    venue: 'big-palette',
    uses: [{ room, date, band: 'morning' }],
  });

  it('is said in its quote with the telephone of the desk, not after the whole form', async () => {
    const { body } = await house.call('/api/quotes', { json: asked('2026-11-25') });
    expect(body.quote.warnings[0]).toMatchObject({
      code: 'fees.too_late',
      ja: '申込みの受付は終了しました。いま申し込めるのは2026年11月27日以降の使用です。お急ぎのときは窓口（024-947-8010）へお電話ください。',
      lineIndexes: [0],
    });
    const inTime = await house.call('/api/quotes', { json: asked('2026-11-27') });
    const codes = inTime.body.quote.warnings.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('fees.too_late');
  });

  it('has no hold to look forward to; what is in time says when its hold ends and what giving up costs', async () => {
    const late = await house.call('/api/quotes/outlook', { json: asked('2026-11-25') });
    expect(late.body).toMatchObject({ isTooLate: true, holdEndsAt: null });
    const evening = await house.call('/api/quotes/outlook', { json: asked('2026-11-27') });
    expect(evening.body).toMatchObject({
      isTooLate: false,
      holdEndsAt: '2026-11-24T15:00:00.000Z',
      cancellation: { noticedOn: '2026-11-24' },
    });
    expect(evening.body.cancellation.keptYen).toBe(evening.body.cancellation.feeYen);
    const far = await house.call('/api/quotes/outlook', { json: asked('2027-02-14') });
    expect(far.body).toMatchObject({
      holdEndsAt: '2026-12-08T15:00:00.000Z',
      cancellation: { keptYen: 0 },
    });
    expect(far.body.cancellation.steps.length).toBeGreaterThan(1);
  });
});

describe('the price list of a venue', () => {
  it('shows every price with its source, and the written rules', async () => {
    const { status, body } = await house.call('/api/venues/big-palette/prices');
    expect(status).toBe(200);
    expect(body.tariff).toMatchObject({ nameJa: 'ビッグパレットふくしま 利用料金表' });
    expect(body.tariff.provisionalRuleJa).toContain('暫定');
    expect(body.prices).toContainEqual(
      expect.objectContaining({
        configurationId: 'big-palette.exhibition-hall.all',
        bandCode: 'daytime',
        customerClass: 'standard',
        feeYen: 721_600,
        publication: 'published',
      }),
    );
    expect(body.extras).toContainEqual(
      expect.objectContaining({ code: 'heating', unit: 'hour', unitFeeYen: 15_191 }),
    );
    expect(body.rules.map(({ code }: { code: string }) => code)).toEqual([
      'setup_rate',
      'admission',
    ]);
  });

  it('is refused for a day before the first tariff', async () => {
    const { status, body } = await house.call('/api/venues/big-palette/prices?on=2020-01-01');
    expect([status, body.error.code]).toEqual([422, 'fees.no_tariff']);
  });
});
