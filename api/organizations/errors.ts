import { defineErrors } from '../shared/error.ts';

export const organizationErrors = defineErrors('organizations', {
  unknown: {
    kind: 'missing',
    ja: '利用者の登録が見つかりません。一覧から選び直してください。',
    en: 'This organizer was not found. Please choose again from the list.',
  },
  reason_required: {
    kind: 'invalid',
    ja: '利用者に代わって登録内容を変更するときは、変更の理由を入力してください。',
    en: 'Please say why you change the data of an organizer for them.',
  },
  email_required: {
    kind: 'invalid',
    ja: 'ログインして利用している団体・個人には、メールアドレスが必要です。入力してください。',
    en: 'An organizer somebody signs in for needs an e-mail address. Please enter one.',
  },
  looks_known: {
    kind: 'conflict',
    ja: '同じ電話番号か名前の利用者がすでに登録されています。一覧から選ぶか、別の方であることを確かめて登録してください。',
    en: 'An organizer with this telephone number or name is known already. Please choose them, or confirm that this is somebody else.',
  },
  account_required: {
    kind: 'invalid',
    ja: 'はじめての方は、お名前・メールアドレス・パスワードを入力してください。',
    en: 'Please give your name, e-mail address and a password.',
  },
});
