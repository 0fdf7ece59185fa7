import { defineErrors } from '../shared/error.ts';

export const accountErrors = defineErrors('accounts', {
  sign_in_required: {
    kind: 'unauthenticated',
    ja: 'ログインが必要です。ログインしてから、もう一度お試しください。',
    en: 'Please sign in and try again.',
  },
  forbidden: {
    kind: 'forbidden',
    ja: 'この操作を行う権限がありません。必要な場合は管理者にご相談ください。',
    en: 'You are not allowed to do this. Please ask your administrator if you need it.',
  },
  signed_in_again: {
    kind: 'conflict',
    ja: 'ログインしました。入力した内容はまだ送信されていません。内容を確かめて、もう一度送信してください。',
    en: 'You are signed in again. Nothing was sent yet: please look at what you entered and send it once more.',
  },
  wrong_credentials: {
    kind: 'unauthenticated',
    ja: 'メールアドレスまたはパスワードが違います。もう一度入力してください。',
    en: 'The e-mail address or the password is not right. Please try again.',
  },
  confirmation_link_invalid: {
    kind: 'gone',
    ja: 'このリンクは使えません。期限が切れたか、すでに使われています。メールをもう一度お受け取りください。',
    en: 'This link has expired or was already used. Please ask for a new mail.',
  },
  password_required: {
    kind: 'invalid',
    ja: 'ログインに使うパスワードを決めて入力してください。',
    en: 'Please choose a password to sign in with.',
  },
  too_many_attempts: {
    kind: 'limited',
    ja: '試行回数が多すぎます。{seconds}秒ほど待ってから、もう一度お試しください。',
    en: 'Too many attempts. Please wait about {seconds} seconds and try again.',
  },
});
