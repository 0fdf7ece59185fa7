import type { Words } from '../ja/words.ts';

export const help: Words['help'] = {
  title: 'How it works',
  lead: 'From the first look to the day itself.',
  stepsTitle: 'Step by step',
  steps: [
    { title: 'See what is free, and the fee', text: 'No account is needed for this.' },
    { title: 'Register', text: 'As an organization or an individual, free of charge.' },
    {
      title: 'Hold',
      text: 'We keep the rooms until the day we tell you beforehand. A hold ends by itself unless you ask for approval in time.',
    },
    {
      title: 'Ask for approval',
      text: 'Check the details of your event and send them to the venue.',
    },
    {
      title: 'Approval',
      text: 'The venue looks at your request and writes to you. With the approval the booking is made.',
    },
    { title: 'Pay the fee', text: 'Please pay by the due date.' },
    { title: 'Use the rooms', text: 'Show the approval letter at the reception.' },
    { title: 'Settle', text: 'What changed on the day, such as longer cooling, is settled.' },
  ],
  start: 'Find a room',
  sections: [
    {
      title: 'Ways to pay',
      paragraphs: [
        'After the approval, pay from the page of your booking by the due date. Which ways are open depends on the amount and the date.',
      ],
      items: [
        'Credit card: confirmed at once.',
        'Convenience store: FamilyMart, Lawson, Ministop and Seicomart, with the number on your page. 7-Eleven is not available.',
        'Bank transfer: to the account on the invoice.',
        'Cash: at the desk of the venue.',
      ],
    },
    {
      title: 'Paying at a convenience store',
      paragraphs: [],
      items: [
        'One payment can be 120 to 300,000 yen. Above that, please choose another way.',
        'A number works until its date. After that you can take a new one.',
        'A new number ends the old one. Please use only the newest, so that you do not pay twice.',
        'The page with the number can be printed, in case there is no signal in the store.',
        'Refunds are not automatic: the desk asks for your bank account.',
      ],
    },
    {
      title: 'Papers',
      paragraphs: [
        'The approval letter, the invoice and the receipt are PDF files on the page of your booking. Nothing is sent by post.',
      ],
    },
    {
      title: 'Changes and cancellation',
      paragraphs: [
        'You can withdraw a hold or a request yourself. You can also cancel after the approval, but whether a fee already paid is returned depends on the rules of the venue and its desk.',
      ],
    },
    {
      title: 'What “provisional” means',
      paragraphs: [
        'Fees, capacities, areas and periods the operator has not published are marked “provisional”. The desk confirms the real ones with the approval.',
      ],
    },
  ],
  contact: 'Desks',
  accessibility: {
    title: 'Accessibility',
    sections: [
      {
        title: 'Our aim',
        paragraphs: ['We build for WCAG 2.2, level AA. No third party has tested the site yet.'],
      },
      {
        title: 'What we do',
        paragraphs: [],
        items: [
          'Availability is shown by the shape of a mark and a word, never by colour alone.',
          'Everything works from the keyboard, and a thick ring shows where you are.',
          'Errors are listed at the top and beside the field, with what to do.',
          'Numbers may be full-width, with commas or hyphens.',
          'Searching, quotes, booking and registration work without JavaScript.',
          'Light or dark, size of text and less motion follow your device.',
          'What a floor plan shows is also in a table.',
        ],
      },
      {
        title: 'What we know is lacking',
        paragraphs: [],
        items: [
          'The table of a month is wide. On a phone, a list of one week comes first.',
          'The reading order of the PDF papers is not fully checked. The page of the booking says the same.',
        ],
      },
      {
        title: 'If something is in your way',
        paragraphs: ['Please telephone the desk of the venue. You can also book there.'],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    sections: [
      {
        title: 'What we keep',
        paragraphs: ['What is needed for booking, approval, payment and papers:'],
        items: [
          'name, e-mail address, telephone, address, organization',
          'the booking: title, purpose, number of people, rooms and times',
          'payments: amount, way and time',
          'a record of who did what, and when',
        ],
      },
      {
        title: 'Cards',
        paragraphs: [
          'Card numbers go straight to Stripe, the payment company, and are not kept by us. For a payment at a convenience store we give Stripe your name, e-mail address and telephone number.',
        ],
      },
      {
        title: 'What is public',
        paragraphs: [
          'Availability shows neither names nor titles. A title appears in the public calendar only where you chose so.',
        ],
      },
      {
        title: 'Who sees it',
        paragraphs: [
          'Only the staff of a venue see its bookings. We pass nothing on unless the law demands it.',
        ],
      },
      {
        title: 'Cookies',
        paragraphs: ['There is no advertising and no tracking. There are two cookies:'],
        items: [
          'kaikan.session_token: that you are signed in (7 days)',
          'kaikan.locale: your language (1 year)',
        ],
      },
      {
        title: 'How long, and how to correct or delete',
        paragraphs: [
          'How long is for the operator’s rules on records to say. To correct or delete what you registered, please ask the desk. Accounting papers cannot be deleted before their time.',
        ],
      },
    ],
  },
};
