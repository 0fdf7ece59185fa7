import { createHash, randomBytes } from 'node:crypto';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { findVenue } from '../../venues/actions.ts';
import { openingErrors } from '../errors.ts';
import { decidePeriod } from '../rules/period.ts';
import type { OpenPeriod } from '../schema.ts';
import {
  countEntriesOfPeriod,
  findPeriodForUpdate,
  insertPeriod,
  listPeriodDays,
  lockVenue,
  removePeriodRows,
  type NewLottery,
  type NewPeriod,
} from '../store/periods.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const requireManager = (context: Context, venueId: string): void => {
  if (!hasRole(context.actor, venueId as VenueId, ['manager'])) throw accountErrors.forbidden();
};

const seedBytes = 32;

/** The seed is drawn when the lottery is announced; its hash binds the house to it from then on. */
const lotteryOf = (
  context: Context,
  input: Extract<OpenPeriod, { method: 'lottery' }>,
  period: NewPeriod,
): NewLottery => {
  const seed = randomBytes(seedBytes).toString('hex');
  const { venueId, roomClass, usesFrom, usesUntil, createdAt } = period;
  const { collectsFrom, collectsUntil, drawsAt, acceptBy, entriesMost } = input;
  return {
    id: context.newId('lottery'),
    openingPeriodId: period.id,
    ...{ venueId, roomClass, usesFrom, usesUntil, createdAt },
    ...{ collectsFrom, collectsUntil, drawsAt, acceptBy, entriesMost },
    seed,
    seedHash: sha256(seed),
    createdByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
  };
};

/** Announces that days of a room class open in their own way; a lottery with the hash of its seed. */
export const openPeriod = async (context: Context, input: OpenPeriod) => {
  requireManager(context, input.venue);
  const venue = await findVenue(context.reads, input.venue);
  const { roomClass, usesFrom, usesUntil, opensAt, method } = input;
  const period: NewPeriod = {
    id: context.newId('opening_period'),
    venueId: venue.id,
    ...{ roomClass, usesFrom, usesUntil, opensAt, method },
    createdAt: context.now(),
  };
  const lottery = input.method === 'lottery' ? lotteryOf(context, input, period) : undefined;
  const asked = {
    ...{ roomClass, usesFrom, usesUntil, opensAt },
    lottery: input.method === 'lottery' ? input : null,
  };
  await context.transact(async (tx) => {
    await lockVenue(tx, venue.id);
    const others = await listPeriodDays(tx, venue.id);
    orThrow(decidePeriod(asked, { now: context.now(), zone: venue.zone, others }));
    await insertPeriod(tx, period, lottery);
    const { seed: _secret, ...told } = lottery ?? { seed: '' };
    await recordAudit(tx, context, {
      action: 'openings.open',
      subjectId: period.id,
      after: { ...period, lottery: lottery ? told : null },
    });
  });
  return { periodId: period.id, lotteryId: lottery?.id ?? null };
};

/** Takes back a period nobody has relied on yet: its days open by the months before again. */
export const removePeriod = (context: Context, periodId: string): Promise<void> =>
  context.transact(async (tx) => {
    const period = await findPeriodForUpdate(tx, periodId);
    requireManager(context, period.venueId);
    if ((await countEntriesOfPeriod(tx, periodId)) > 0) throw openingErrors.has_entries();
    await removePeriodRows(tx, periodId);
    await recordAudit(tx, context, {
      action: 'openings.remove',
      subjectId: periodId,
      before: period,
    });
  });
