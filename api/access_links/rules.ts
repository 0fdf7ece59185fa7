import type { Sentence } from '../shared/languages.ts';
import { letterTo, type Letter, type Reader } from '../shared/letter.ts';

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
const greetedName = (name: string): string => {
  const line = name.normalize('NFKC').replace(notOfOneLine, ' ').trim();
  return likeAnAddress.test(line) ? '' : [...line].slice(0, greetingLengthMost).join('');
};

const notYou: Sentence = {
  ja: 'お心当たりのない場合は、このメールを破棄してください。',
  en: 'If this was not you, please delete this mail.',
};

interface Text {
  readonly subject: Sentence;
  readonly lead: Sentence;
  readonly path: string;
  readonly end?: Sentence;
}

const texts: Readonly<Record<AccessPurpose, Text>> = {
  confirm: {
    subject: {
      ja: 'メールアドレスの確認をお願いします',
      en: 'Please confirm your e-mail address',
    },
    lead: {
      ja: 'ご登録ありがとうございます。次のリンクを24時間以内に開き、パスワードを決めて、登録を完了してください。',
      en: 'Thank you for signing up. Please open this link within 24 hours and choose a password to finish.',
    },
    path: 'sign-up/confirm',
  },
  reset: {
    subject: { ja: 'パスワードの再設定', en: 'A new password' },
    lead: {
      ja: '次のリンクを1時間以内に開き、新しいパスワードを設定してください。',
      en: 'Please open this link within an hour and choose a new password.',
    },
    path: 'sign-in/new-password',
    end: { ja: 'パスワードは変わりません。', en: ' The password stays as it is.' },
  },
  invite: {
    subject: { ja: '職員としての登録のご案内', en: 'You are invited as staff' },
    lead: {
      ja: '会館の職員として登録されました。次のリンクを7日以内に開き、パスワードを決めて、利用を始めてください。',
      en: 'You are registered as staff of the venue. Please open this link within 7 days and choose a password to begin.',
    },
    path: 'sign-up/confirm',
  },
  join: {
    subject: {
      ja: 'ご予約を確認できるページのご案内',
      en: 'See your bookings on a page of your own',
    },
    lead: {
      ja: '窓口やお電話で承ったご予約を、ご自身のページで確認いただけます。次のリンクを7日以内に開いて、利用を始めてください。',
      en: 'What you booked at the desk or by telephone can be seen on a page of your own. Please open this link within 7 days to begin.',
    },
    path: 'invitations',
  },
};

export const letterOf = (purpose: AccessPurpose, reader: Reader, token: string): Letter => {
  const { subject, lead, path, end = { ja: '', en: '' } } = texts[purpose];
  const named = { ...reader, name: greetedName(reader.name ?? '') };
  return letterTo(named, {
    subject,
    lines: [
      lead,
      `${reader.publicUrl}/${path}?token=${token}`,
      '',
      { ja: notYou.ja + end.ja, en: notYou.en + end.en },
    ],
  });
};
