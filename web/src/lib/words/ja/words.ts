import { accounts } from './accounts.ts';
import { calendar } from './calendar.ts';
import { fees } from './fees.ts';
import { form } from './form.ts';
import { help } from './help.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import { venues } from './venues.ts';

export const words = { accounts, calendar, fees, form, help, shell, states, venues };

/** Every language has the same keys. */
export type Words = typeof words;
