import type { Context } from '../context.ts';
import { sendLetters } from './actions/reopen.ts';

export const closuresJobs = {
  'closures.send_letters': (context: Context) => sendLetters(context),
};
