export type AccessPurpose = 'confirm' | 'reset' | 'invite' | 'join';

const hourMilliseconds = 3_600_000;

const validHours: Readonly<Record<AccessPurpose, number>> = {
  confirm: 24,
  reset: 1,
  invite: 168,
  join: 168,
};

export const expiryOf = (purpose: AccessPurpose, now: Date): Date =>
  new Date(now.getTime() + validHours[purpose] * hourMilliseconds);

interface AccessLink {
  readonly purpose: AccessPurpose;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export const isOpen = (link: AccessLink, purposes: readonly AccessPurpose[], now: Date): boolean =>
  link.endedAt === null && now < link.expiresAt && purposes.includes(link.purpose);

const greetingLengthMost = 60;
const notOfOneLine = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
/** A dot between letters, as in the name of a host, or the signs of an address. */
const likeAnAddress = /[^\s.。]\s?[.。]\s?[^\s.。]|[/\\@:]|www/i;

/**
 * How a letter greets whoever gave this name. The address is not confirmed, so the reader may be
 * somebody else, and the name a message to them: one line, short, and nothing to press on.
 */
export const greetingOf = (name: string): string => {
  const line = name.normalize('NFKC').replace(notOfOneLine, ' ').trim();
  if (line === '' || likeAnAddress.test(line)) return 'ご担当者様';
  return `${[...line].slice(0, greetingLengthMost).join('')} 様`;
};

interface Letter {
  readonly subject: string;
  readonly body: string;
}

const notYou = 'お心当たりのない場合は、このメールを破棄してください。';

const textOf = {
  confirm: (site: string, token: string) => ({
    subject: '【会館】メールアドレスの確認をお願いします',
    body: `ご登録ありがとうございます。次のリンクを24時間以内に開き、パスワードを決めて、登録を完了してください。\n${site}/sign-up/confirm?token=${token}\n\n${notYou}`,
  }),
  reset: (site: string, token: string) => ({
    subject: '【会館】パスワードの再設定',
    body: `次のリンクを1時間以内に開き、新しいパスワードを設定してください。\n${site}/sign-in/new-password?token=${token}\n\n${notYou}パスワードは変わりません。`,
  }),
  invite: (site: string, token: string) => ({
    subject: '【会館】職員としての登録のご案内',
    body: `会館の職員として登録されました。次のリンクを7日以内に開き、パスワードを決めて、利用を始めてください。\n${site}/sign-up/confirm?token=${token}\n\n${notYou}`,
  }),
  join: (site: string, token: string) => ({
    subject: '【会館】ご予約を確認できるページのご案内',
    body: `窓口やお電話で承ったご予約を、ご自身のページで確認いただけます。次のリンクを7日以内に開いて、利用を始めてください。\n${site}/invitations?token=${token}\n\n${notYou}`,
  }),
} as const satisfies Record<AccessPurpose, (site: string, token: string) => Letter>;

export const letterOf = (
  purpose: AccessPurpose,
  facts: { readonly name: string; readonly site: string; readonly token: string },
): Letter => {
  const { subject, body } = textOf[purpose](facts.site, facts.token);
  return { subject, body: `${greetingOf(facts.name)}\n\n${body}` };
};
