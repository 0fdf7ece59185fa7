import { accounts } from './ja/accounts.ts';
import { calendar } from './ja/calendar.ts';
import { fees } from './ja/fees.ts';
import { form } from './ja/form.ts';
import { help } from './ja/help.ts';
import { shell } from './ja/shell.ts';
import { states } from './ja/states.ts';
import { venues } from './ja/venues.ts';

export const ja = { accounts, calendar, fees, form, help, shell, states, venues };

/** Every language has the same keys. */
export type Words = typeof ja;
