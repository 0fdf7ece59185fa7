import type { Context } from '../context.ts';
import { dunOverdue } from './actions/dun.ts';

export const receivablesJobs = {
  'receivables.dun': (context: Context) => dunOverdue(context),
};
