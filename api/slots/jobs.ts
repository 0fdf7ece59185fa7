import { closeYearsAhead } from './actions.ts';

export const slotsJobs = { 'slots.extend_annual_closures': closeYearsAhead };
