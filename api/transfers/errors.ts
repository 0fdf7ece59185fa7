import { defineErrors } from '../shared/error.ts';

export const transferErrors = defineErrors('transfers', {
  unknown: {
    kind: 'missing',
    ja: 'この明細は見つかりません。銀行振込の一覧からお選びください。',
    en: 'This entry was not found. Please choose from the list of bank transfers.',
  },
  file_empty: {
    kind: 'invalid',
    ja: 'ファイルに明細がありません。銀行から受け取った全銀形式のファイルを選んでください。',
    en: 'The file holds no records. Please choose the Zengin file you received from the bank.',
  },
  file_known: {
    kind: 'conflict',
    ja: 'このファイルは{importedOn}に取り込み済みです。取り込みの一覧でご確認ください。',
    en: 'This file was read on {importedOn} already. Please see the list of files read.',
  },
  file_ebcdic: {
    kind: 'invalid',
    ja: 'EBCDICのファイルは読めません。銀行の画面で文字コードを「JIS(シフトJIS)」にして、もう一度受け取ってください。',
    en: 'Files in EBCDIC cannot be read. Please have the bank send it in JIS (Shift_JIS) instead.',
  },
  file_kind: {
    kind: 'invalid',
    ja: '種別コード「{found}」のファイルは取り込めません。振込入金通知(01)か入出金取引明細(03)を選んでください。',
    en: 'Files of kind “{found}” cannot be read. Please choose a notice of incoming transfers (01) or an account statement (03).',
  },
  line_length: {
    kind: 'invalid',
    ja: '{line}行目の長さが{found}バイトです。全銀形式では200バイトです。ファイルが途中で切れていないか確かめ、銀行から受け取ったまま(シフトJIS)お送りください。取り込みは行っていません。',
    en: 'Line {line} has {found} bytes where 200 are expected. Please check that the file is whole, and send it as it came from the bank (Shift_JIS). Nothing was read in.',
  },
  line_order: {
    kind: 'invalid',
    ja: '{line}行目のデータ区分が「{found}」です。ここには「{expected}」が来るはずです。銀行から受け取り直してください。取り込みは行っていません。',
    en: 'Line {line} is a record of type “{found}” where “{expected}” is expected. Please receive the file from the bank again. Nothing was read in.',
  },
  field_wrong: {
    kind: 'invalid',
    ja: '{line}行目の「{fieldJa}」が「{found}」です。正しくは、{expectedJa}です。銀行から受け取り直してください。取り込みは行っていません。',
    en: 'Line {line}: {fieldEn} is “{found}” where {expectedEn} is expected. Please receive the file from the bank again. Nothing was read in.',
  },
  sum_differs: {
    kind: 'invalid',
    ja: '{line}行目の「{fieldJa}」は{found}ですが、明細を数えると{expected}です。ファイルが欠けていないか確かめ、銀行から受け取り直してください。取り込みは行っていません。',
    en: 'Line {line}: {fieldEn} says {found}, but the entries come to {expected}. Please check that nothing is missing and receive the file again. Nothing was read in.',
  },
  account_unknown: {
    kind: 'invalid',
    ja: '{line}行目の口座(銀行{bankCode}・支店{branchCode}・{kindJa} {number})は、担当する会館の口座ではありません。ファイルを選び直すか、口座の登録を管理者にご確認ください。取り込みは行っていません。',
    en: 'Line {line}: the account (bank {bankCode}, branch {branchCode}, {kindEn} {number}) is none of the venues you work for. Please choose another file, or ask the administrator about the account. Nothing was read in.',
  },
  other_kind_read: {
    kind: 'conflict',
    ja: '口座{number}の{from}から{to}までは、もう一方の種類のファイルで取り込み済みです。同じ入金を二重に数えないよう、一つの口座には一つの種類のファイルをお使いください。',
    en: 'Account {number} from {from} to {to} was read from the other kind of file already. So that no money is counted twice, please use one kind of file for one account.',
  },
  not_incoming: {
    kind: 'conflict',
    ja: 'この明細は入金として記録していないため、予約に充てられません。出金と取消の明細は記録だけです。',
    en: 'This entry is no money received, so it cannot be allocated. Outgoing and cancelled entries are only kept.',
  },
  taken_back: {
    kind: 'conflict',
    ja: '銀行がこの入金を取り消したため、予約に充てられません。明細のページで状態をご確認ください。',
    en: 'The bank took this money back, so it cannot be used. Please see the page of the entry.',
  },
  debt_not_found: {
    kind: 'invalid',
    ja: 'この番号の予約は、この会館にありません。予約番号(例: R08-BP-000123)を確かめてください。',
    en: 'This venue has no booking of this number. Please check the number (such as R08-BP-000123).',
  },
  more_than_owed: {
    kind: 'conflict',
    ja: '予約{number}の未納額は{owedYen}円です。それを超えて充てることはできません。残りは別の予約に充てるか、返金してください。',
    en: 'Booking {number} owes ¥{owedYen}. No more than that can be allocated; please use the rest for another booking, or refund it.',
  },
  rebate_not_the_rest: {
    kind: 'conflict',
    ja: '充てたあとの予約{number}の未納額は{restYen}円です。値引きにできるのは、その額ちょうどです。読み直して、金額を確かめてください。',
    en: 'Booking {number} will owe ¥{restYen} after this. Exactly that can be taken off; please load the page again and check the amounts.',
  },
  rebate_too_large: {
    kind: 'invalid',
    ja: '差額を1人で値引きにできるのは、一つの予約について{mostYen}円までです。それを超える未納は、予約の還付・放棄のページで債権の放棄を提案してください。',
    en: 'One person may take off ¥{mostYen} of one booking at most. For more, please propose to give up the debt on the page of the booking.',
  },
  ignored: {
    kind: 'conflict',
    ja: 'この明細は対象外にしてあります。予約に充てるには、先に対象に戻してください。',
    en: 'This entry is set aside. Please take it up again before allocating it.',
  },
  in_use: {
    kind: 'conflict',
    ja: 'この入金は、予約への充当か返金に使われています。先に充当を取り消すか、返金の一覧をご確認ください。',
    en: 'This money is allocated or being refunded. Please take the allocation back first, or see the list of refunds.',
  },
});
