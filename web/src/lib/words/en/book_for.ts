import type { bookFor as ja } from '../ja/book_for.ts';

export const bookFor: typeof ja = {
  link: 'Book for somebody',
  searchTitle: 'Book for somebody',
  searchLead:
    'Enter what was asked for by telephone or at the desk in the organizer’s name. Find the organizer first.',
  query: 'Find the organizer',
  querySupport: 'By part of a name, reading, contact, telephone number or mail address.',
  search: 'Search',
  none: 'No organizer was found',
  noneHint: 'Use fewer letters, or at least four digits of the telephone number.',
  newCaller: 'Book for somebody new',
  caller: {
    page: 'A hold for somebody new',
    title: 'Who books',
    lead: 'A name and a telephone number are enough. No password is needed.',
    kind: 'Kind',
    name: 'Name of the body or person',
    contactName: 'Contact',
    phone: 'Telephone',
    email: 'E-mail address (optional)',
    emailSupport: 'Without one no letters arrive by mail: please hand the papers over at the desk.',
    alike: 'Is it perhaps somebody who is known already?',
    choose: 'Hold for them',
    isNew: 'This is somebody else: register them',
  },
  title: (name) => `A hold for ${name}`,
  lead: 'The organizer is told by mail. The desk may also take days whose deadline has passed.',
  venueLead: 'Please choose the venue.',
  request: 'Apply for approval on the organizer’s behalf',
  requestLead: 'Explain the conditions of use and what is not allowed before applying.',
  priority: 'Reason for priority',
  prioritySupport:
    'Only for days whose booking has not opened (hosted by the prefecture, recurring event). Shown to the organizer and staff.',
};
