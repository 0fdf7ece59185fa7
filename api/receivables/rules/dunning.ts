import type { Due } from '../../payments/rules/ledger.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, type LocalDay } from '../../shared/time.ts';
import { receivableErrors } from '../errors.ts';

/** Level 0 reminds before the day; level 1 and above speak of a day that was missed. */
export interface DunningLevel {
  readonly level: number;
  readonly daysAfterDue: number;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly sendsLetter: boolean;
  readonly proposesBlock: boolean;
  /** Who owes less in all is not written to by itself. */
  readonly yenLeast: Yen;
}

export interface SentDunning {
  readonly chargeId: string;
  readonly dueOn: LocalDay;
  readonly level: number;
}

type Missed = Pick<Due, 'chargeId' | 'dueOn' | 'openYen'>;

/** One level of one missed day is sent once. */
export const causeOf = ({ chargeId, dueOn }: Missed, level: number): string =>
  `dunning:${chargeId}:${dueOn}:${level}`;

const highestSent = (due: Missed, sent: readonly SentDunning[]): number =>
  Math.max(
    -1,
    ...sent
      .filter(({ chargeId, dueOn }) => chargeId === due.chargeId && dueOn === due.dueOn)
      .map(({ level }) => level),
  );

/** A reminder comes before the day or not at all. */
const isInTime = ({ daysAfterDue }: DunningLevel, { dueOn }: Missed, today: LocalDay) =>
  addDays(dueOn, daysAfterDue) <= today && (daysAfterDue > 0 || today <= dueOn);

/** The highest level whose day has come; what was skipped meanwhile is not sent afterwards. */
export const dueLevel = (
  due: Missed,
  levels: readonly DunningLevel[],
  sent: readonly SentDunning[],
  today: LocalDay,
): DunningLevel | undefined => {
  const reached = levels.filter((level) => isInTime(level, due, today)).at(-1);
  return reached && reached.level > highestSent(due, sent) ? reached : undefined;
};

/** The levels that are worth their letter for what is still to be paid. */
export const levelsWorthIt = (
  levels: readonly DunningLevel[],
  dues: readonly Missed[],
): DunningLevel[] => {
  const openYen = sumYen(dues.map((due) => due.openYen));
  return levels.filter(({ yenLeast }) => openYen >= yenLeast);
};

/** What a person sends by hand: the next level for the oldest missed day, also before its time. */
export const decideByHand = <Part extends Missed>(
  dues: readonly Part[],
  levels: readonly DunningLevel[],
  sent: readonly SentDunning[],
  today: LocalDay,
): Result<{ due: Part; level: DunningLevel }> => {
  const due = dues.find(({ dueOn }) => dueOn < today);
  if (!due) return refuse(receivableErrors.nothing_overdue());
  const last = highestSent(due, sent);
  const level = levels.find((one) => one.daysAfterDue > 0 && one.level > last);
  return level ? ok({ due, level }) : refuse(receivableErrors.all_sent());
};
