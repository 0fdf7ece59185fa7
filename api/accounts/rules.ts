import type { Actor } from '../shared/actor.ts';
import type { AccountId, OrganizationId } from '../shared/ids.ts';
import type { StaffRole } from '../shared/actor.ts';

export interface SignedIn {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
  readonly locale: 'ja' | 'en';
  readonly organizationIds: readonly OrganizationId[];
  readonly roles: readonly { venueId: string; role: StaffRole }[];
}

const rolesByVenue = (roles: SignedIn['roles']) => {
  const byVenue: Record<string, StaffRole[]> = {};
  for (const { venueId, role } of roles) (byVenue[venueId] ??= []).push(role);
  return byVenue;
};

/** An account with any role at a venue acts as staff, every other as organizer. */
export const actorOf = ({ accountId, organizationIds, roles }: SignedIn): Actor =>
  roles.length > 0
    ? { kind: 'staff', accountId, roles: rolesByVenue(roles) }
    : { kind: 'organizer', accountId, organizationIds };

export const hasAnyRole = (actor: Actor): boolean =>
  actor.kind === 'staff' && Object.keys(actor.roles).length > 0;

interface SignInMailText {
  readonly subject: string;
  readonly body: string;
}

/** The mails of sign-up and of a forgotten password. */
export const signInMailText = (
  mail: { kind: 'verify_email' | 'reset_password'; name: string; token: string },
  publicUrl: string,
): SignInMailText => {
  const token = encodeURIComponent(mail.token);
  if (mail.kind === 'verify_email') {
    return {
      subject: '【会館】メールアドレスの確認をお願いします',
      body: `${mail.name} 様\n\nご登録ありがとうございます。次のリンクを24時間以内に開き、登録を完了してください。\n${publicUrl}/sign-up/confirm?token=${token}\n\nお心当たりのない場合は、このメールを破棄してください。`,
    };
  }
  return {
    subject: '【会館】パスワードの再設定',
    body: `${mail.name} 様\n\n次のリンクを1時間以内に開き、新しいパスワードを設定してください。\n${publicUrl}/sign-in/new-password?token=${token}\n\nお心当たりのない場合は、このメールを破棄してください。パスワードは変わりません。`,
  };
};
