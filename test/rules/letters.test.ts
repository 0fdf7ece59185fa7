import { describe, expect, test } from 'vitest';
import { letterOf } from '#api/access_links/rules.ts';
import { amendmentMail, type AmendmentNews } from '#api/bookings/rules/amendment_mails.ts';
import { lineMail, type LineNews } from '#api/bookings/rules/line_mails.ts';
import type { BookingUse } from '#api/bookings/rules/booking.ts';
import { bookingMail, type BookingNews } from '#api/bookings/rules/mails.ts';
import { closingLetter } from '#api/closures/rules/letters.ts';
import { combinedMail, correctedMail, papersMail } from '#api/documents/rules/mails.ts';
import { shortageMail } from '#api/equipment/rules/mails.ts';
import type { Entry, Lottery } from '#api/openings/rules/lottery.ts';
import { entryMail, type EntryNews } from '#api/openings/rules/mails.ts';
import type { Attempt, Transfer, Voucher } from '#api/payments/rules/attempt.ts';
import { receivedMail, voucherMail, voucherReminderMail } from '#api/payments/rules/mails.ts';
import { movementMail } from '#api/payments/rules/movement_mails.ts';
import { fundedMail, transferMail } from '#api/payments/rules/transfer_mails.ts';
import { meetingMail } from '#api/plans/rules/mails.ts';
import type { DunningLevel } from '#api/receivables/rules/dunning.ts';
import { dunningMail } from '#api/receivables/rules/mails.ts';
import { reductionMail, type Application, type ReductionNews } from '#api/reductions/rules.ts';
import { refundMail } from '#api/refunds/rules/mails.ts';
import type { Refund } from '#api/refunds/rules/refund.ts';
import { settlementMail } from '#api/settlements/rules.ts';
import type { UseId } from '#api/shared/ids.ts';
import type { Letter, Reader } from '#api/shared/letter.ts';
import { localDay } from '#api/shared/time.ts';
import { plainBooking } from '#test/fixtures/plain_booking.ts';
import { filesIn, readText } from '../tidy/sources.ts';

const at = new Date('2027-02-14T01:00:00Z');
const day = localDay('2027-02-14');
const use = {
  id: 'use_1' as UseId,
  position: 0,
  roomId: 'big-palette.exhibition-hall',
  configurationId: 'big-palette.exhibition-hall.whole',
  usedOn: day,
  bandCode: 'daytime',
  startsAt: at,
  endsAt: new Date('2027-02-14T17:00:00Z'),
  phase: 'event',
  layout: null,
  attendance: null,
  earlyMinutes: 0,
  lateMinutes: 0,
  coolingMinutes: 0,
  heatingMinutes: 0,
  wiredLan: false,
} satisfies BookingUse;
const booking = plainBooking([use], at, {
  title: 'Fair',
  refusalReason: 'full',
  refusalGround: 'safety',
});
const part = { roomNameJa: '展示ホール', roomNameEn: 'Hall', nameJa: '全面', nameEn: 'Whole' };
const parts = new Map(booking.uses.map(({ configurationId }) => [configurationId, part]));
const money = { keptYen: 0, changeFeesYen: 500, comesBackYen: 1_000, stillOwedYen: 0, waits: true };
const uses = [
  {
    kind: 'dropped' as const,
    useId: use.id,
    fields: [],
    after: null,
    before: {
      ...use,
      roomNameJa: part.roomNameJa,
      roomNameEn: part.roomNameEn,
      configurationNameJa: part.nameJa,
      configurationNameEn: part.nameEn,
    },
  },
];
const fields = [{ field: 'isPublic' as const, before: false, after: null }];
const amended = {
  changes: { fields, uses },
  differenceYen: -500,
  reason: 'smaller',
  otherNumber: '2',
};
const attempt = {
  id: 'pat_1',
  bookingId: booking.id,
  method: 'konbini',
  amountYen: 1_000,
  fundedYen: 400,
  confirmedAt: at,
} as unknown as Attempt;
const store = { paymentCode: '123456', confirmationNumber: '0249478010' };
const voucher: Voucher = {
  hostedVoucherUrl: null,
  expiresAt: at.toISOString(),
  stores: { familymart: store, lawson: store, ministop: store, seicomart: store },
};
const transfer = { bankName: 'Bank', bankCode: '0126', branchName: 'Main', branchCode: '001' };
const account = { ...transfer, accountType: 'futsu', accountHolder: 'KAIKAN' } as Transfer;
const lottery = { id: 'lot_1', collectsUntil: at, drawsAt: at, opensAt: at } as Lottery;
const entry = { number: 7, asked: { title: 'Fair' }, uses: [{ date: day }] } as unknown as Entry;
const won = { position: 2, acceptBy: at, bookingNumber: 'R08-BP-000002' };
const level = { daysAfterDue: 1, sendsLetter: true, nameJa: '督促状', nameEn: 'Dunning letter' };
const venue = { nameJa: '会館', nameEn: 'The hall', phone: '024-947-8010' };
const paidFor = { number: '1', title: 'Fair', page: '/bookings/bkg_1' };
const debt = { ...paidFor, venue, dueOn: day, openYen: 1_000 };
const application = { groundCode: 'g', reducedBp: 5_000, decisionReason: 'public' } as Application;
const refund = {
  billingAccountId: 'b',
  amountYen: 1_000,
  expiresAt: at,
  reducesCharge: true,
} as Refund;
const moved = { stripeId: 'dp_1', amountYen: 1_000, status: 'lost', answerBy: at };
const missing = { nameJa: '机', nameEn: 'Table', unitJa: '台', wanted: 9, free: 2, from: at };
const closed = { startsOn: day, endsOn: day, reasonJa: '工事', reasonEn: 'Works' };
const line = { usedOn: day, nameJa: '電気', nameEn: 'Electricity', amountYen: 500 };
const settlement = { totalYen: 500, lines: [line] } as unknown as Parameters<
  typeof settlementMail
>[1];
const paper = { kind: 'invoice' as const, number: 'R08-BP-I-000001' };

type Written = readonly [topic: string, write: (to: Reader) => Letter];

const each = <News extends string>(
  feature: string,
  news: Readonly<Record<News, true>>,
  write: (one: News, to: Reader) => Letter,
): Written[] =>
  (Object.keys(news) as News[]).map((one) => [`${feature}.${one}`, (to) => write(one, to)]);

const bookingNews: Record<BookingNews, true> = {
  held: true,
  requested: true,
  approved: true,
  refused: true,
  cancelled: true,
  withdrawn: true,
  expired: true,
  restored: true,
};
const lineNews: Record<LineNews, true> = {
  optioned: true,
  waiting: true,
  promoted: true,
  challenged: true,
  challenge_answered: true,
  challenge_dropped: true,
  challenge_moved: true,
  reminded: true,
  extended: true,
  line_over: true,
};
const amendmentNews: Record<AmendmentNews, true> = {
  amended: true,
  amendment_proposed: true,
  amendment_declined: true,
  split: true,
};
const entryNews: Record<EntryNews, true> = {
  entered: true,
  won: true,
  lost: true,
  promoted: true,
  accepted: true,
  line_over: true,
};
const reductionNews: Record<ReductionNews, true> = { applied: true, approved: true, refused: true };
const refundNews = { approved: true, bounced: true, failed: true, finished: true } as const;
const purposes = { confirm: true, reset: true, invite: true, join: true } as const;

const letters: readonly Written[] = [
  ...each('access_links', purposes, (purpose, to) => letterOf(purpose, to, 'token')),
  ...each('bookings', bookingNews, (news, to) => bookingMail(news, booking, to, { parts, money })),
  ...each('bookings', lineNews, (news, to) => lineMail(news, booking, to, { parts, rank: 2 })),
  ...each('bookings', amendmentNews, (news, to) => amendmentMail(news, booking, amended, to)),
  ...each('openings', entryNews, (news, to) => entryMail(news, { entry, lottery }, to, won)),
  ...each('reductions', reductionNews, (news, to) =>
    reductionMail(news, { booking, application, ground: venue }, to),
  ),
  ...each('refunds', refundNews, (news, to) =>
    refundMail(news, refund, { ...to, ...paidFor, isCard: false, beyondYen: 5 }),
  ),
  ['closures.cancelled', (to) => closingLetter(closed, booking, to)],
  ['documents.issued', (to) => papersMail([paper, paper], booking, to)],
  ['documents.issued', (to) => combinedMail(paper, 2, to)],
  ['documents.issued', (to) => correctedMail(paper, paper, to)],
  ['equipment.short', (to) => shortageMail(booking, [missing], to)],
  ['payments.received', (to) => receivedMail(attempt, { ...to, ...paidFor })],
  ['payments.voucher_issued', (to) => voucherMail(attempt, voucher, { ...to, ...paidFor })],
  [
    'payments.voucher_reminder',
    (to) => voucherReminderMail(attempt, voucher, { ...to, ...paidFor }),
  ],
  ['payments.transfer_opened', (to) => transferMail(attempt, account, { ...to, ...paidFor })],
  ['payments.transfer_funded', (to) => fundedMail(attempt, account, { ...to, ...paidFor })],
  ...(['dispute', 'cash'] as const).flatMap((kind) =>
    [true, false].map((isOpen): Written => [
      kind === 'dispute' ? 'payments.disputed' : 'payments.moved_at_stripe',
      (to) => movementMail({ ...moved, kind, isOpen }, booking, to),
    ]),
  ),
  ['plans.meeting', (to) => meetingMail(booking, at, to)],
  ['receivables.dunned', (to) => dunningMail(level as DunningLevel, debt, to)],
  ['settlements.settled', (to) => settlementMail(booking, settlement, to)],
];

const readBy = (language: Reader['language'], [, write]: Written) =>
  write({ name: 'Hanako Sato', language, publicUrl: 'https://kaikan.example.jp' });

const japanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;

describe('a letter', () => {
  test.each(letters)('%s is English for who reads English', (...letter) => {
    const { subject, body } = readBy('en', letter);
    expect(subject).toMatch(/^\[Kaikan\] [A-Z]/);
    expect(`${subject}\n${body}`.split('\n').filter((text) => japanese.test(text))).toEqual([]);
    expect(body).toContain('https://kaikan.example.jp/');
  });

  test.each(letters)('%s is Japanese for who reads Japanese', (...letter) => {
    const { subject, body } = readBy('ja', letter);
    expect(subject).toMatch(/^【会館】/);
    expect(body.split('\n').filter((text) => /[a-z]{3} [a-z]{3}/.test(text))).toEqual([]);
    expect(body).toContain('https://kaikan.example.jp/');
  });

  test('of every topic that is queued anywhere stands in this table', () => {
    const known = letters.map(([topic]) => topic);
    const queued = filesIn('api', '.ts').flatMap((file) =>
      [...readText(file).matchAll(/\btopic: ([^\n]*)/g)].flatMap(([, said]) =>
        [...said!.matchAll(/['`]([a-z_]+\.[a-z_]*)/g)].map(([, topic]) => topic!),
      ),
    );
    expect(queued.length).toBeGreaterThan(15);
    expect(queued.filter((topic) => !known.some((one) => one.startsWith(topic)))).toEqual([]);
  });
});
