import { addDays, dayOf, instantAt } from '#api/shared/time.ts';
import { spread, type PlannedBooking } from './plan.ts';

export type Deed =
  'hold' | 'request' | 'approve' | 'refuse' | 'pay' | 'cancel' | 'withdraw' | 'expire';

/** One thing somebody does with a booking at one moment. */
export interface Step {
  readonly at: Date;
  readonly deed: Deed;
  readonly planned: PlannedBooking;
}

const deedsOf: Record<PlannedBooking['end'], readonly Deed[]> = {
  held: ['hold'],
  requested: ['hold', 'request'],
  approved: ['hold', 'request', 'approve'],
  paid: ['hold', 'request', 'approve', 'pay'],
  refused: ['hold', 'request', 'refuse'],
  cancelled: ['hold', 'request', 'approve', 'cancel'],
  withdrawn: ['hold', 'withdraw'],
  expired: ['hold', 'expire'],
};

/** Days from one deed to the next: at least, and how many more at most. */
const delays: Record<Deed, readonly [number, number]> = {
  hold: [0, 0],
  request: [1, 5],
  approve: [1, 2],
  refuse: [2, 2],
  pay: [3, 11],
  cancel: [5, 6],
  withdraw: [2, 3],
  // A hold of today lasts fourteen days more, to the end of the last.
  expire: [15, 0],
};

const workStart = '09:30';
const workMinutes = 420;

/** Requests come at any hour, decisions and money in the hours of the desk. */
const momentAfter = (planned: PlannedBooking, before: Date, deed: Deed): Date => {
  const [least, more] = delays[deed];
  const key = `${deed} ${planned.key}`;
  // What shows a state by itself reaches it without dawdling.
  const dawdling = planned.key.startsWith('special') ? 0 : spread(key, more);
  const day = addDays(dayOf(before), least + dawdling);
  const minutes = deed === 'expire' ? 0 : spread(`hour ${key}`, workMinutes);
  return new Date(
    instantAt(day, deed === 'expire' ? '00:00' : workStart).getTime() + minutes * 60_000,
  );
};

/** One payer in twelve is late. */
const isLate = ({ end, key }: PlannedBooking, deed: Deed) =>
  deed === 'pay' && end === 'paid' && !key.startsWith('special') && spread(`late ${key}`, 11) === 0;

const lateDays = 45;

export const stepsOf = (planned: PlannedBooking): Step[] => {
  let at = planned.heldAt;
  return deedsOf[planned.end].map((deed) => {
    if (deed !== 'hold') at = momentAfter(planned, at, deed);
    const paidLate = isLate(planned, deed);
    return { at: paidLate ? instantAt(addDays(dayOf(at), lateDays), '10:00') : at, deed, planned };
  });
};

/** What has happened by now, in the order in which it happened. */
export const stepsUntil = (plan: readonly PlannedBooking[], now: Date): Step[] =>
  plan
    .flatMap(stepsOf)
    .filter(({ at }) => at <= now)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
