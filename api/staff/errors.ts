import { defineErrors } from '../shared/error.ts';

export const staffErrors = defineErrors('staff', {
  unknown: {
    kind: 'missing',
    ja: 'この職員は見つかりません。一覧から選び直してください。',
    en: 'This member of staff was not found. Please choose again from the list.',
  },
  last_administrator: {
    kind: 'conflict',
    ja: '登録の済んだ施設管理者がいなくなる変更はできません。先に別の職員を管理者にし、登録が済むのを待ってください。',
    en: 'A venue needs an administrator who can sign in. Please make somebody else one first, and wait until they have registered.',
  },
  already_registered: {
    kind: 'conflict',
    ja: 'この職員は登録が済んでいます。パスワードを忘れたときは、ログインの画面から再設定してください。',
    en: 'This person has registered already. A forgotten password is set anew from the page of sign-in.',
  },
  first_link_invalid: {
    kind: 'gone',
    ja: 'このリンクは使えません。最初の管理者はすでに登録されています。管理者に招待を依頼してください。',
    en: 'This link has done its work: there is an administrator already. Please ask to be invited.',
  },
});
