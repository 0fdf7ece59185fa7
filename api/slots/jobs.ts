import type { Context } from '../context.ts';
import { dayOf, fiscalYearOf } from '../shared/time.ts';
import { extendAnnualClosures } from './actions.ts';

/** The longest booking window is 24 months; three years ahead keeps every open day covered. */
const yearsAhead = 3;

export const slotsJobs = {
  'slots.extend_annual_closures': (context: Context) =>
    extendAnnualClosures(context, fiscalYearOf(dayOf(context.now())) + yearsAhead),
};
