import type { z } from 'zod';
import { conventionsOf, inLanguage, type Language } from '../../shared/languages.ts';
import {
  choiceFilter,
  dayFilter,
  defineList,
  searchFilter,
  venueFilter,
  type Asked,
} from '../../shared/lists.ts';
import { bookingStateNames } from '../rules/booking.ts';
import { bookingSummarySchema } from './bookings.ts';

const days = { ja: '使用日', en: 'Days' };
const state = { ja: '状態', en: 'State' };
const holdEnd = { ja: '仮予約の期限', en: 'Held until' };
const inFiles = { format: 'instant', onlyIn: 'file' } as const;

const roomNames = (
  { roomNamesJa, roomNamesEn }: z.infer<typeof bookingSummarySchema>,
  language: Language,
) => {
  const { comma } = conventionsOf(language);
  return inLanguage({ ja: roomNamesJa.join(comma), en: roomNamesEn.join(comma) }, language);
};

export const bookingList = defineList({
  path: '/api/bookings',
  row: bookingSummarySchema,
  columns: [
    { name: 'firstUsedOn', label: days, format: 'day', sort: 'firstUsedOn' },
    {
      name: 'lastUsedOn',
      label: { ja: '使用最終日', en: 'Last day' },
      format: 'day',
      onlyIn: 'file',
    },
    { name: 'title', label: { ja: '催事・申込者', en: 'Event and organizer' }, isHead: true },
    { name: 'organizationName', label: { ja: '申込者', en: 'Organizer' }, under: 'title' },
    { name: 'number', label: { ja: '予約番号', en: 'Number' }, under: 'title' },
    { name: 'rooms', label: { ja: '部屋', en: 'Rooms' }, value: roomNames },
    {
      name: 'state',
      label: state,
      value: (row, language) => inLanguage(bookingStateNames[row.state], language),
    },
    { name: 'totalYen', label: { ja: '利用料金', en: 'Fee' }, format: 'yen', sort: 'totalYen' },
    {
      name: 'createdAt',
      label: { ja: '受付', en: 'Received' },
      format: 'instant',
      sort: 'createdAt',
    },
    {
      name: 'requestedAt',
      ...inFiles,
      label: { ja: '申請日時', en: 'Requested' },
      sort: 'requestedAt',
    },
    { name: 'holdExpiresAt', ...inFiles, label: holdEnd, sort: 'holdExpiresAt' },
  ],
  filters: {
    query: searchFilter({ ja: '番号・催事名・申込者', en: 'Number, event or organizer' }),
    venue: venueFilter(),
    state: choiceFilter(state, bookingStateNames),
    from: dayFilter({ ja: '使用日（から）', en: 'Used from' }),
    to: dayFilter({ ja: '使用日（まで）', en: 'Used until' }),
    endsBy: dayFilter({ ja: '仮予約の期限（まで）', en: 'Hold ends by' }),
    part: choiceFilter(
      { ja: '時期', en: 'Part' },
      { live: { ja: 'これから', en: 'Current' }, past: { ja: '終わったもの', en: 'Past' } },
    ),
  },
  sorts: {
    createdAt: 'instant',
    requestedAt: 'instant',
    holdExpiresAt: 'instant',
    firstUsedOn: 'day',
    totalYen: 'number',
  },
  firstSort: '-createdAt',
});

export type ListBookings = Asked<typeof bookingList>;
export type BookingSort = keyof (typeof bookingList)['sorts'];
