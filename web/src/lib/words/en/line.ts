import type { linePages as ja } from '../ja/line.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const linePages: typeof ja = {
  offer: {
    title: 'You can also stand in line',
    lead: 'Apply with exactly what you filled in. It costs nothing and can be withdrawn at any time.',
    option: (rank) => `Apply as option ${rank}`,
    optionHint:
      'When the hold before yours ends you move up and hold the rooms. You may also ask its holder to apply or to release.',
    wait: 'Join the waitlist',
    waitHint: (rank) =>
      `When all the rooms you want are free we keep them for you in turn and tell you (you would be number ${rank}).`,
  },
  title: 'Your place in line',
  rank: (rank) => `Option ${rank}`,
  waitRank: (rank) => `Waitlist, number ${rank}`,
  place: 'Your rank',
  before: 'Before you',
  holder: {
    held: 'A hold',
    requested: 'A request under review',
    approved: 'An approved booking',
    closed: 'The house is closed',
  },
  none: 'Nobody (you are about to move up)',
  until: (day) => `until ${day}`,
  noEnd: 'No end is set. You move up when it is withdrawn, refused or cancelled.',
  optionsAhead: (count) => `${plural(count, 'other option is', 'other options are')} before you.`,
  behind: 'Behind you',
  behindOf: (options, waits) =>
    `${plural(options, 'option', 'options')}, ${plural(waits, 'waiting', 'waiting')}`,
  nobodyBehind: 'Nobody',
  privacy: 'Organizers in line are not told each other’s names.',
  holdDays: 'When you move up, an ordinary hold with its full number of days begins.',
  offerHours: (hours) =>
    `When it is your turn the rooms are kept for ${hours} hours. Please apply for approval within that time.`,
  challenge: {
    title: 'Ask to apply or release',
    lead: (hours) =>
      `The holder before you must apply for approval or withdraw within ${hours} hours. They see the time on their page and by mail. Your name is not told.`,
    after:
      'If they apply, you wait for the outcome. If they withdraw or the time runs out, you move up.',
    button: 'Ask to apply or release',
    running: 'Asked to apply or release',
    runningLead: (until) =>
      `The holder before you has until ${until}. If they do not apply, you move up by yourself.`,
    whyNot: {
      'bookings.challenge_not_first': 'Only option 2 may ask the holder to apply or release.',
      'bookings.challenge_of_no_hold':
        'Those before you have already applied, so they cannot be asked. Please wait for the outcome.',
    },
  },
  clock: {
    title: 'The next option is waiting',
    lead: 'By this time please apply for approval, or withdraw if you do not need the rooms. After it the hold ends and the next in line has the rooms.',
    until: 'Until',
    left: (days, hours, minutes) =>
      days > 0
        ? `${plural(days, 'day', 'days')} ${plural(hours, 'hour', 'hours')} left`
        : `${plural(hours, 'hour', 'hours')} ${plural(minutes, 'minute', 'minutes')} left`,
  },
  promoted: (until) =>
    `It is your turn: the rooms are kept for you. Please apply for approval by ${until}.`,
  withdrawLead:
    'You leave the line. No rooms are taken and nothing is charged. Your rank cannot be had back.',
  staff: {
    title: 'Lines',
    lead: 'Options and waits behind holds, requests and bookings. The nearest use comes first.',
    none: 'Nobody stands in line',
    noneHint: 'Options and waits for taken times appear here.',
    caption: (count) => `${count} in line`,
    order: 'Rank',
    event: 'Event, organizer',
    state: 'State',
    days: 'Days of use',
    rooms: 'Rooms',
    before: 'Before it',
    limit: 'Until',
    since: 'In line since',
    clock: (until) => `Apply or release by ${until}`,
    alone: 'Nobody stands in line.',
    extend: 'Give the hold more time',
    extendLead:
      'Any day up to the first use. The reason is kept on record and told to the organizer. While the next option has asked to apply or release, only a manager may extend.',
    until: 'New last day (to the end of the day)',
    reason: 'Reason',
    extendButton: 'Give more time',
  },
};
