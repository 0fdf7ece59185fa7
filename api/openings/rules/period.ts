import { fieldSentence, withFields } from '../../shared/fields.ts';
import type { AppError } from '../../shared/error.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { instantAt, type LocalDay } from '../../shared/time.ts';
import { openingErrors } from '../errors.ts';

export interface LotterySteps {
  readonly collectsFrom: Date;
  readonly collectsUntil: Date;
  readonly drawsAt: Date;
  readonly acceptBy: Date;
}

export interface AskedPeriod {
  readonly roomClass: string;
  readonly usesFrom: LocalDay;
  readonly usesUntil: LocalDay;
  readonly opensAt: Date;
  readonly lottery: LotterySteps | null;
}

interface Surroundings {
  readonly now: Date;
  readonly zone: string;
  /** The periods the venue has. */
  readonly others: readonly Pick<AskedPeriod, 'roomClass' | 'usesFrom' | 'usesUntil'>[];
}

type Wrong = readonly [field: string, error: AppError];

const outOfOrder = ({ lottery, opensAt }: AskedPeriod): Wrong[] => {
  if (!lottery) return [];
  const { collectsFrom, collectsUntil, drawsAt, acceptBy } = lottery;
  const error = openingErrors.steps_out_of_order();
  return [
    ...(collectsFrom < collectsUntil ? [] : [['collectsUntil', error] as const]),
    ...(collectsUntil <= drawsAt ? [] : [['drawsAt', error] as const]),
    ...(drawsAt < acceptBy ? [] : [['acceptBy', error] as const]),
    ...(acceptBy <= opensAt ? [] : [['opensAt', error] as const]),
  ];
};

const wrongIn = (asked: AskedPeriod, { now, zone }: Surroundings): Wrong[] => {
  const { usesFrom, usesUntil, opensAt, lottery } = asked;
  if (usesUntil < usesFrom) return [['usesUntil', openingErrors.days_reversed()]];
  const wrong = outOfOrder(asked);
  if (wrong.length > 0) return wrong;
  const firstDeadline = lottery?.collectsUntil ?? opensAt;
  if (firstDeadline <= now) {
    return [[lottery ? 'collectsUntil' : 'opensAt', openingErrors.already_over()]];
  }
  const firstUse = instantAt(usesFrom, '00:00', zone);
  return opensAt <= firstUse ? [] : [['opensAt', openingErrors.opens_too_late()]];
};

/** Whether days may open this way: the steps in order, all ahead, no other period over the same rooms. */
export const decidePeriod = (asked: AskedPeriod, around: Surroundings): Result<AskedPeriod> => {
  const wrong = wrongIn(asked, around);
  const [first] = wrong;
  if (first) {
    return refuse(
      withFields(
        first[1],
        wrong.map(([field, error]) => fieldSentence(field, error)),
      ),
    );
  }
  const overlaps = around.others.some(
    (other) =>
      other.roomClass === asked.roomClass &&
      other.usesFrom <= asked.usesUntil &&
      asked.usesFrom <= other.usesUntil,
  );
  return overlaps ? refuse(openingErrors.period_overlaps()) : ok(asked);
};
