import { defineErrors } from '../shared/error.ts';

export const calendarErrors = defineErrors('calendars', {
  unknown: {
    kind: 'missing',
    ja: 'このカレンダーは見つかりません。予約一覧のページでアドレスをご確認ください。',
    en: 'This calendar was not found. Please check its address on the page of your bookings.',
  },
  feed_revoked: {
    kind: 'gone',
    ja: 'このカレンダーは停止されています。予約一覧のページで新しいアドレスを作ってください。',
    en: 'This calendar was stopped. Please make a new address on the page of your bookings.',
  },
});
