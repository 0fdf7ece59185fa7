import { locale } from './words.ts';

/** What an audit entry says happened; the key is the action of the entry. */
const acts: Readonly<Record<string, { ja: string; en: string }>> = {
  'bookings.hold': { ja: '仮予約', en: 'Held' },
  'bookings.request': { ja: '使用承認を申請', en: 'Approval requested' },
  'bookings.approve': { ja: '使用承認', en: 'Approved' },
  'bookings.refuse': { ja: '不承認', en: 'Refused' },
  'bookings.cancel': { ja: '取消', en: 'Cancelled' },
  'bookings.withdraw': { ja: '取り下げ', en: 'Withdrawn' },
  'bookings.expire': { ja: '期限が過ぎて解除', en: 'Hold ended' },
  'payments.charge': { ja: '請求', en: 'Charged' },
  'payments.reverse_charge': { ja: '請求の取消', en: 'Charge reversed' },
  'payments.start': { ja: '支払い手続きを開始', en: 'Payment started' },
  'payments.request_cancel': {
    ja: '支払い手続きの取りやめを依頼',
    en: 'Asked to stop the payment',
  },
  'payments.cancel': { ja: '支払い手続きを取りやめ', en: 'Payment stopped' },
  'payments.receive': { ja: '入金を確認', en: 'Payment received' },
  'payments.fail': { ja: '支払いが完了せず', en: 'Payment failed' },
  'documents.issue': { ja: '書類を発行', en: 'Paper issued' },
};

const actors: Readonly<Record<string, { ja: string; en: string }>> = {
  organizer: { ja: '申込者', en: 'Organizer' },
  staff: { ja: '職員', en: 'Staff' },
  job: { ja: '自動処理', en: 'The system' },
  webhook: { ja: '決済会社からの通知', en: 'Payment company' },
  import: { ja: '取り込み', en: 'Import' },
};

export const actWord = (action: string): string => acts[action]?.[locale()] ?? action;

export const actorWord = (kind: string): string => actors[kind]?.[locale()] ?? kind;
