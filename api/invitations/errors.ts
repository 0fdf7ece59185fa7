import { defineErrors } from '../shared/error.ts';

export const invitationErrors = defineErrors('invitations', {
  has_members: {
    kind: 'conflict',
    ja: 'この団体・個人は、すでにログインして利用しています。パスワードを忘れた方には、ログインの画面からの再設定をご案内ください。',
    en: 'Somebody signs in for this organizer already. A forgotten password is set anew from the page of sign-in.',
  },
  works_here: {
    kind: 'conflict',
    ja: 'このメールアドレスは職員のものです。利用者ご本人のアドレスを入力してください。',
    en: 'This address belongs to a member of staff. Please enter the address of the organizer.',
  },
});
