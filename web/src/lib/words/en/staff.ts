import type { staff as ja } from '../ja/staff.ts';

export const staff: typeof ja = {
  title: 'Staff',
  lead: 'Roles are given by venue. Who is new is invited by mail and chooses the password there.',
  add: 'Add a member of staff',
  addLead: 'Who is registered already only gets the roles.',
  name: 'Name',
  email: 'E-mail address',
  submitAdd: 'Add',
  invited: 'Invited, not yet registered',
  change: 'Change roles',
  endAll: 'With every mark taken away the person is no longer staff of these venues.',
  submitChange: 'Save the roles',
  inviteAgain: 'Send the invitation again',
  grantOf: '{venue} ({role})',
  done: {
    added: 'The member of staff was added.',
    changed: 'The roles were changed.',
    invited: 'The invitation was sent.',
  },
  first: {
    title: 'The first administrator',
    lead: 'You become administrator of every venue. A mail invites you; open its link and choose a password.',
    submit: 'Send the invitation',
    sent: 'The invitation was sent. If it does not arrive, the same link may be used again.',
    noToken: 'The link is cut short. Please open the whole link as it was printed.',
  },
};
