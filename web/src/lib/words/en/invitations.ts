import type { invitations as ja } from '../ja/invitations.ts';

export const invitations: typeof ja = {
  title: 'Invite them by mail',
  lead: 'They choose a password, sign in, and see and pay for their bookings themselves.',
  email: 'E-mail address to invite',
  emailSupport: 'The link works for seven days. Sending another ends the one before.',
  submit: 'Send the invitation',
  again: 'Send another invitation',
  sent: 'The invitation was sent',
  pending: (email: string, day: string) => `${email} was invited; the link works until ${day}`,
  joined: 'They sign in themselves.',
  open: {
    title: 'See your bookings yourself',
    lead: (name: string) => `From now on you see the bookings of ${name} yourself.`,
    choose:
      'Please choose the password to sign in with. It confirms your address and signs you in.',
    known: 'Your address is registered already. Sign in with your password to see the bookings.',
    submit: 'Begin',
    failed: 'If the link has expired, please ask the desk to send the invitation again.',
    noToken: 'The link is cut short. Please open the whole link of the mail.',
  },
};
