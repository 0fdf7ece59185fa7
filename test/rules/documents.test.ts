import { describe, expect, test } from 'vitest';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import {
  numberSequence,
  paperNumber,
  provisionalRemark,
  type PaperSubject,
} from '#api/documents/rules/content.ts';
import { canonicalText } from '#api/documents/rules/fingerprint.ts';
import { approvalLetterOf, refusalLetterOf } from '#api/documents/rules/letters.ts';
import { fileNameOf, papersMail } from '#api/documents/rules/mails.ts';
import { invoiceOf, methodWords, receiptOf } from '#api/documents/rules/money.ts';
import { eraDay, eraDayWithWeekday, yen } from '#api/documents/rules/words.ts';
import { placeName, timeSpan } from '#api/shared/wording.ts';
import { addDays, instantAt, localDay } from '#api/shared/time.ts';
import { bigPalette, bigPaletteTariff, hallA, makeQuoteInput } from '#test/fixtures/tariff.ts';

const zone = 'Asia/Tokyo';
const issuedAt = new Date('2026-11-24T01:00:00Z');
const issue = { number: 'R08-BP-I-000001', issuedAt };
const day = localDay('2027-02-14');

const quoted = quoteBooking(
  makeQuoteInput([
    { configurationId: hallA, date: localDay('2027-02-13'), phase: 'setup' },
    { configurationId: hallA, date: day, bandCode: 'all_day', coolingMinutes: 120 },
  ]),
  [bigPaletteTariff],
  bigPalette,
);
if (!quoted.ok) throw quoted.error;

const makeSubject = (changes: Partial<PaperSubject> = {}): PaperSubject => ({
  booking: {
    number: 'R08-BP-000123',
    title: 'ものづくり見本市',
    purpose: '展示と商談',
    attendance: 1_200,
    admissionMaxYen: 0,
    isCommercial: false,
    requestedAt: new Date('2026-11-20T02:00:00Z'),
    decidedAt: issuedAt,
    refusalReason: '施設を損傷するおそれがあるため',
    refusalGround: '福島県産業交流館条例',
  },
  venue: { id: 'big-palette', nameJa: 'ビッグパレットふくしま', zone },
  organization: {
    kind: 'organization',
    name: '郡山見本市実行委員会',
    contactName: '佐藤 花子',
    postalCode: '9630115',
    address: '福島県郡山市南二丁目52番地',
    addressee: null,
  },
  issuer: {
    name: '公益財団法人福島県産業振興センター',
    address: '福島県福島市三河南町1番20号',
    registrationNumber: 'T1234567890123',
    publication: 'published',
  },
  uses: [
    {
      roomNameJa: '多目的展示ホール',
      configurationNameJa: 'A',
      usedOn: localDay('2027-02-13'),
      startsAt: instantAt(localDay('2027-02-13'), '09:00'),
      endsAt: instantAt(localDay('2027-02-13'), '17:00'),
      earlyMinutes: 0,
      lateMinutes: 0,
      phase: 'setup',
    },
    {
      roomNameJa: '多目的展示ホール',
      configurationNameJa: 'A',
      usedOn: day,
      startsAt: instantAt(day, '09:00'),
      endsAt: instantAt(day, '21:00'),
      earlyMinutes: 0,
      lateMinutes: 0,
      phase: 'event',
    },
  ],
  quote: quoted.value,
  plan: [],
  ...changes,
});

const charge = { amountYen: quoted.value.totalYen, dueOn: localDay('2026-12-24'), parts: [] };

describe('words of a paper', () => {
  test('days are counted by era, and the first year of an era is 元年', () => {
    expect(eraDay(localDay('2026-11-24'))).toBe('令和8年11月24日');
    expect(eraDay(localDay('2019-05-01'))).toBe('令和元年5月1日');
    expect(eraDay(localDay('2019-04-30'))).toBe('平成31年4月30日');
    expect(eraDay(localDay('1980-01-02'))).toBe('1980年1月2日');
    expect(eraDayWithWeekday(day)).toBe('令和9年2月14日(日)');
  });

  test('an end at midnight is 24:00 of the day it belongs to', () => {
    const from = instantAt(day, '17:30');
    expect(timeSpan(day, from, instantAt(day, '24:00'), { zone })).toBe('17:30〜24:00');
    const nextMorning = instantAt(addDays(day, 1), '09:00');
    expect(timeSpan(day, from, nextMorning, { zone })).toBe('17:30〜翌日9:00');
    const nightBefore = instantAt(addDays(day, -1), '23:00');
    expect(timeSpan(day, nightBefore, from, { zone })).toBe('前日23:00〜17:30');
  });

  test('amounts are grouped, and what is taken back carries ▲', () => {
    expect(yen(1_082_400)).toBe('1,082,400');
    expect(yen(-500)).toBe('▲500');
  });

  test('a room sold only whole is called by its own name', () => {
    expect(placeName('小会議室', '小会議室')).toBe('小会議室');
    expect(placeName('多目的展示ホール', 'A+B')).toBe('多目的展示ホール A+B');
  });
});

describe('numbers', () => {
  test('papers are counted per fiscal year, venue and kind', () => {
    expect(numberSequence('invoice', 'BP', localDay('2026-11-24'))).toBe('R08-BP-I');
    expect(numberSequence('receipt', 'CO', localDay('2027-03-31'))).toBe('R08-CO-R');
    expect(numberSequence('approval_letter', 'HP', localDay('2027-04-01'))).toBe('R09-HP-A');
    expect(paperNumber('R08-BP-F', 12)).toBe('R08-BP-F-000012');
  });
});

describe('an invoice', () => {
  const invoice = invoiceOf(makeSubject(), issue, charge);

  test('has the six items of a qualified invoice', () => {
    expect(invoice.issuer).toMatchObject({
      name: '公益財団法人福島県産業振興センター',
      registrationNumber: 'T1234567890123',
    });
    expect(invoice.facts).toContainEqual({
      label: '取引年月日',
      value: '令和9年2月13日(土)から令和9年2月14日(日)まで(使用日)',
    });
    expect(invoice.lines.map(({ what }) => what)).toEqual([
      '多目的展示ホール A',
      '多目的展示ホール A',
      '多目的展示ホール A 冷房',
    ]);
    expect(invoice.taxes).toEqual(quoted.value.taxes);
    expect(invoice.taxes[0]).toMatchObject({ taxRateBp: 1_000, totalYen: charge.amountYen });
    expect(invoice.recipient).toMatchObject({ name: '郡山見本市実行委員会', honorific: '御中' });
  });

  test('asks the charged amount by its due day, with a reason for each line', () => {
    expect(invoice.amount).toEqual({
      label: 'ご請求金額(税込)【暫定】',
      amountYen: charge.amountYen,
    });
    expect(invoice.facts[0]).toEqual({ label: '納入期限', value: '令和8年12月24日(木)' });
    expect(invoice.lines[0]).toMatchObject({
      when: '令和9年2月13日(土) 9:00〜17:00 準備',
      quantity: '1区分',
      reason: quoted.value.lines[0]!.reasonJa,
    });
    expect(invoice.lines.reduce((sum, { amountYen }) => sum + amountYen, 0)).toBe(charge.amountYen);
  });

  test('marks what is provisional and says what that means', () => {
    expect(invoice.lines.map(({ isProvisional }) => isProvisional)).toEqual([false, true, true]);
    expect(invoice.remarks).toContain(provisionalRemark);
  });

  test('of a charge in parts says what is to be paid by which day', () => {
    const parts = [
      { amountYen: 21_780, dueOn: localDay('2026-12-22') },
      { amountYen: 196_020, dueOn: localDay('2027-01-14') },
    ];
    expect(invoiceOf(makeSubject(), issue, { ...charge, parts }).facts.slice(0, 2)).toEqual([
      { label: '納入期限(第1回)', value: '令和8年12月22日(火) 21,780円' },
      { label: '納入期限(第2回)', value: '令和9年1月14日(木) 196,020円' },
    ]);
  });

  test('offers konbini only up to 300,000 yen', () => {
    const small = invoiceOf(makeSubject(), issue, { ...charge, amountYen: 300_000 });
    expect(small.remarks[0]).not.toContain('円まで');
    const large = invoiceOf(makeSubject(), issue, { ...charge, amountYen: 300_001 });
    expect(large.remarks[0]).toContain('コンビニ決済をお使いいただけるのは1回300,000円まで');
  });

  test('of a single person is addressed with 様', () => {
    const { organization } = makeSubject();
    const subject = makeSubject({ organization: { ...organization, kind: 'individual' } });
    expect(invoiceOf(subject, issue, charge).recipient).toMatchObject({
      honorific: '様',
      contact: null,
    });
  });

  test('shows an unpublished registration number as provisional', () => {
    const { issuer } = makeSubject();
    const quote = { ...quoted.value, isProvisional: false };
    const subject = makeSubject({ issuer: { ...issuer, publication: 'provisional' }, quote });
    const paper = invoiceOf(subject, issue, charge);
    expect(paper.issuer.isProvisional).toBe(true);
    expect(paper.amount?.label).toBe('ご請求金額(税込)');
    expect(paper.remarks).toContain(provisionalRemark);
  });
});

describe('a receipt', () => {
  const payment = {
    method: 'konbini' as const,
    amountYen: charge.amountYen,
    paidVia: 'lawson',
    confirmedAt: new Date('2026-12-01T03:00:00Z'),
  };

  test('notes when and how was paid, and needs no revenue stamp', () => {
    const receipt = receiptOf(makeSubject(), issue, payment);
    expect(receipt.facts.slice(0, 2)).toEqual([
      { label: '領収日', value: '令和8年12月1日' },
      { label: '支払方法', value: 'コンビニ決済(ローソン)' },
    ]);
    expect(receipt.remarks[0]).toBe('電子発行のため収入印紙は不要です。');
  });

  test('names card brand and way of payment, but not who took the cash', () => {
    expect(methodWords({ ...payment, method: 'card', paidVia: 'visa' })).toBe(
      'クレジットカード(Visa)',
    );
    expect(methodWords({ ...payment, method: 'cash', paidVia: 'acc_1' })).toBe('現金');
    expect(methodWords({ ...payment, paidVia: null })).toBe('コンビニ決済');
    expect(methodWords({ ...payment, method: 'bank_transfer', paidVia: null })).toBe('銀行振込');
  });

  test('over a part of the price rounds its tax once for itself', () => {
    const receipt = receiptOf(makeSubject(), issue, { ...payment, amountYen: 105 });
    expect(receipt.taxes).toEqual([{ taxRateBp: 1_000, totalYen: 105, taxYen: 9 }]);
  });
});

describe('letters', () => {
  test('an approval names time outside the hours, an invoice keeps it out of the price of the band', () => {
    const [setup, event] = makeSubject().uses;
    const subject = makeSubject({
      uses: [
        setup!,
        {
          ...event!,
          startsAt: instantAt(day, '07:30'),
          endsAt: instantAt(addDays(day, 1), '09:00'),
          earlyMinutes: 90,
          lateMinutes: 720,
        },
      ],
    });
    expect(approvalLetterOf(subject, issue).uses[1]).toMatchObject({
      time: '7:30〜翌日9:00',
      phase: '本番・時間外を含む',
    });
    const { lines } = invoiceOf(subject, issue, charge);
    expect(lines[1]!.when).toBe('令和9年2月14日(日) 9:00〜21:00 本番');
  });

  test('an approval names every use and the fee, without asking for money', () => {
    const letter = approvalLetterOf(makeSubject(), issue);
    expect(letter.title).toBe('使用承認書');
    expect(letter.opening).toBe(
      '令和8年11月20日付けで申請のあったビッグパレットふくしまの使用について、次のとおり承認します。',
    );
    expect(letter.uses).toEqual([
      {
        day: '令和9年2月13日(土)',
        place: '多目的展示ホール A',
        time: '9:00〜17:00',
        phase: '準備',
      },
      {
        day: '令和9年2月14日(日)',
        place: '多目的展示ホール A',
        time: '9:00〜21:00',
        phase: '本番',
      },
    ]);
    expect(letter.facts).toContainEqual({ label: '予定人員', value: '1,200人' });
    expect(letter.facts).toContainEqual({ label: '入場料', value: '徴収しない' });
    expect(letter.amount).toBeNull();
    expect(letter.issuer.registrationNumber).toBeNull();
  });

  test('an approval of an event with admission names the highest', () => {
    const { booking } = makeSubject();
    const letter = approvalLetterOf(
      makeSubject({ booking: { ...booking, admissionMaxYen: 3_000, attendance: null } }),
      issue,
    );
    expect(letter.facts).toContainEqual({ label: '入場料', value: '最高 3,000円' });
    expect(letter.facts.map(({ label }) => label)).not.toContain('予定人員');
  });

  test('a refusal gives reason, ground and the remedies of the law', () => {
    const letter = refusalLetterOf(makeSubject(), issue);
    expect(letter.facts).toContainEqual({ label: '根拠', value: '福島県産業交流館条例' });
    expect(letter.facts).toContainEqual({
      label: '不承認の理由',
      value: '施設を損傷するおそれがあるため',
    });
    expect(letter.remarks[0]).toContain('3か月以内');
    expect(letter.remarks[0]).toContain('審査請求');
    expect(letter.remarks[1]).toContain('公益財団法人福島県産業振興センターを被告として');
    expect(letter.lines).toEqual([]);
  });
});

describe('the frozen content', () => {
  test('reads the same whatever order the database keeps its keys in', () => {
    const text = canonicalText({ b: [{ y: 1, x: null }], a: 'あ' });
    expect(text).toBe('{"a":"あ","b":[{"x":null,"y":1}]}');
    expect(canonicalText({ a: 'あ', b: [{ x: null, y: 1 }] })).toBe(text);
  });
});

describe('the mail about papers', () => {
  test('names the papers and the page they are on', () => {
    const papers = [
      { kind: 'approval_letter' as const, number: 'R08-BP-A-000001' },
      { kind: 'invoice' as const, number: 'R08-BP-I-000001' },
    ];
    const mail = papersMail(
      papers,
      { id: 'bkg_1', number: 'R08-BP-000123', title: 'ものづくり見本市' },
      { name: '佐藤 花子', language: 'ja', publicUrl: 'https://kaikan.example.jp' },
    );
    expect(mail.subject).toBe('【会館】使用承認書と請求書を発行しました（R08-BP-000123）');
    expect(mail.body).toContain('https://kaikan.example.jp/bookings/bkg_1');
    expect(fileNameOf(papers[1]!)).toBe('請求書_R08-BP-I-000001.pdf');
  });
});
