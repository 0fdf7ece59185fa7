import type { Words } from '../ja/words.ts';

export const calendar: Words['calendar'] = {
  title: 'What is free',
  ofVenue: (venue) => `What is free at ${venue}`,
  room: 'Room',
  show: 'Show',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  previousWeek: 'Previous week',
  nextWeek: 'Next week',
  previousDay: 'Previous day',
  nextDay: 'Next day',
  today: 'Today',
  holiday: 'Hol',
  monthCaption: (room, month) => `${room}, ${month}`,
  weekTitle: (room) => `A week of ${room}`,
  monthTable: 'The month as a table',
  dayCaption: (day) => `Rooms on ${day}`,
  closedDay: 'The venue is closed on this day.',
  pastDay: 'This day is past.',
  past: 'Past',
  tooLate:
    'Slots marked “too late to apply” are empty, but their deadline for applying has passed.',
  callDesk: 'If it is urgent, please telephone the desk:',
  opensOn: (day) => `Opens ${day}`,
  lottery: 'Lottery',
  freeCell: (day, slot, name) => `${day}, ${slot}, ${name}: free, see the fee`,
  choose: 'Choose a free slot to see its fee.',
  month: 'Month',
  and: ', ',
  onThisWeek: 'What is on in the coming week',
  nothingOn: 'No public events in the coming week.',
  feeds: {
    title: 'In your own calendar',
    events: (venue) => `Events and closed days of ${venue} (iCal)`,
    eventsNote:
      'Events whose use was approved, and closures. Holds and requests are not in it, so it does not tell what is free.',
    busy: (place) => `Busy times of ${place} (iCal, free/busy)`,
    busyNote:
      'Times in which any room of the venue is taken, with holds, requests and closures. It names no event.',
    busyRoomNote:
      'Times in which any part of this room is taken, with holds, requests and closures. It names no event.',
    address: 'Address (paste it where your calendar says “add by URL”)',
    subscribe: 'Open in your calendar',
    open: 'Open the file',
  },
};
