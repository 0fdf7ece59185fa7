import { accounts } from './en/accounts.ts';
import { calendar } from './en/calendar.ts';
import { fees } from './en/fees.ts';
import { form } from './en/form.ts';
import { help } from './en/help.ts';
import { shell } from './en/shell.ts';
import { states } from './en/states.ts';
import { venues } from './en/venues.ts';
import type { Words } from './ja.ts';

export const en: Words = { accounts, calendar, fees, form, help, shell, states, venues };
