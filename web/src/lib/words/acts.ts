import { inLanguage, type Localised } from '#api/shared/languages.ts';
import { locale } from './words.ts';

/** What an audit entry says happened; the key is the action of the entry. */
const acts: Readonly<Record<string, Localised>> = {
  'bookings.hold': { ja: '仮予約', en: 'Held' },
  'bookings.option': { ja: '候補として申し込み', en: 'Applied as an option' },
  'bookings.wait': { ja: '空き待ちに登録', en: 'Joined the waitlist' },
  'bookings.promote': { ja: '繰り上がり', en: 'Moved up' },
  'bookings.challenge': {
    ja: '前の予約に申請か解放を求めた',
    en: 'Asked the holder to apply or release',
  },
  'bookings.challenged': {
    ja: '次の候補が申請か解放を求めた',
    en: 'Asked by the next option to apply or release',
  },
  'bookings.challenge_dropped': {
    ja: '申請か解放の求めが取り下げられた',
    en: 'No longer asked to apply or release',
  },
  'bookings.extend': { ja: '仮予約の期限を延長', en: 'Hold given more time' },
  'bookings.keep': { ja: '抽選で当選した日時を確定', en: 'Kept what was won in a lottery' },
  'bookings.remind': { ja: '期限のお知らせ', en: 'Reminded' },
  'bookings.amend': { ja: '内容を変更', en: 'Changed' },
  'bookings.propose_amendment': { ja: '変更を提案', en: 'Change proposed' },
  'bookings.decline_amendment': { ja: '変更案を辞退', en: 'Proposed change declined' },
  'bookings.withdraw_amendment': { ja: '変更案を取り下げ', en: 'Proposed change taken back' },
  'bookings.amendment_stale': { ja: '変更案が古くなり終了', en: 'Proposed change overtaken' },
  'bookings.split': { ja: '予約を2つに分割', en: 'Split in two' },
  'bookings.request': { ja: '使用承認を申請', en: 'Approval requested' },
  'bookings.approve': { ja: '使用承認', en: 'Approved' },
  'bookings.refuse': { ja: '不承認', en: 'Refused' },
  'bookings.cancel': { ja: '取消', en: 'Cancelled' },
  'bookings.withdraw': { ja: '取り下げ', en: 'Withdrawn' },
  'bookings.expire': { ja: '期限が過ぎて解除', en: 'Hold ended' },
  'bookings.begin': { ja: '入館・使用開始', en: 'Use began' },
  'bookings.settle': { ja: '精算', en: 'Settled' },
  'bookings.close': { ja: '閉鎖のため取消', en: 'Cancelled because of a closure' },
  'bookings.restore': { ja: '入金により取消から復元', en: 'Put back, paid after all' },
  'bookings.reopen': { ja: '閉鎖の取りやめで復元', en: 'Put back, closure undone' },
  'settlements.settle': { ja: '精算を確定', en: 'Settlement made' },
  'reductions.apply': { ja: '減免を申請', en: 'Reduction applied for' },
  'reductions.approve': { ja: '減免を承認', en: 'Reduction approved' },
  'reductions.refuse': { ja: '減免を不承認', en: 'Reduction refused' },
  'reductions.withdraw': { ja: '減免の申請を取り下げ', en: 'Application for reduction withdrawn' },
  'plans.meet': { ja: '打合せ', en: 'Planning meeting' },
  'plans.item': { ja: '確認項目を更新', en: 'Checklist changed' },
  'plans.park': { ja: '駐車場', en: 'Parking' },
  'plans.presence': { ja: '入退館の記録', en: 'Presence recorded' },
  'files.keep': { ja: 'ファイルを受領', en: 'File received' },
  'files.drop': { ja: 'ファイルを削除', en: 'File removed' },
  'payments.charge': { ja: '請求', en: 'Charged' },
  'payments.reduce_charge': { ja: '請求の減額', en: 'Charge reduced' },
  'payments.reverse_charge': { ja: '請求の取消', en: 'Charge reversed' },
  'payments.start': { ja: '支払い手続きを開始', en: 'Payment started' },
  'payments.request_cancel': {
    ja: '支払い手続きの取りやめを依頼',
    en: 'Asked to stop the payment',
  },
  'payments.cancel': { ja: '支払い手続きを取りやめ', en: 'Payment stopped' },
  'payments.receive': { ja: '入金を確認', en: 'Payment received' },
  'payments.fail': { ja: '支払いが完了せず', en: 'Payment failed' },
  'equipment.request': { ja: '備品を申込み', en: 'Equipment asked for' },
  'equipment.record_actuals': { ja: '備品の実績を記録', en: 'Equipment used was recorded' },
  'equipment.follow_amendment': { ja: '備品を新しい時間へ', en: 'Equipment moved along' },
  'equipment.release': { ja: '備品を解放', en: 'Equipment released' },
  'utilities.start_reading': { ja: '検針（始め）', en: 'Meter read (start)' },
  'utilities.end_reading': { ja: '検針（終わり）', en: 'Meter read (end)' },
  'utilities.correct_reading': { ja: '検針の訂正', en: 'Reading corrected' },
  'utilities.check_reading': { ja: '検針の照合', en: 'Reading checked' },
  'documents.issue': { ja: '書類を発行', en: 'Paper issued' },
  'documents.reissue': { ja: '書類を再発行', en: 'Paper issued again' },
  'documents.correct': { ja: '書類の訂正版を発行', en: 'Corrected paper issued' },
  'documents.refuse_issue': {
    ja: '印刷できない文字があり、書類を発行できず',
    en: 'Paper not issued: letters that cannot be printed',
  },
};

const actors: Readonly<Record<string, Localised>> = {
  organizer: { ja: '申込者', en: 'Organizer' },
  staff: { ja: '職員', en: 'Staff' },
  job: { ja: '自動処理', en: 'The system' },
  webhook: { ja: '決済会社からの通知', en: 'Payment company' },
  import: { ja: '取り込み', en: 'Import' },
};

const wordOf = (all: typeof acts, key: string) => inLanguage(all[key] ?? { ja: key }, locale());

export const actWord = (action: string): string => wordOf(acts, action);

export const actorWord = (kind: string): string => wordOf(actors, kind);
