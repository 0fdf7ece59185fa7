import type { Due } from '../../payments/rules/ledger.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { daysBetween, type LocalDay } from '../../shared/time.ts';

/** What is owed by how long it has been overdue. */
export interface Age {
  readonly notDueYen: Yen;
  readonly to30Yen: Yen;
  readonly to60Yen: Yen;
  readonly to90Yen: Yen;
  readonly over90Yen: Yen;
}

export const ages = ['notDueYen', 'to30Yen', 'to60Yen', 'to90Yen', 'over90Yen'] as const;

const ageOfDay = (dueOn: LocalDay, on: LocalDay): (typeof ages)[number] => {
  const days = daysBetween(dueOn, on);
  if (days <= 0) return 'notDueYen';
  if (days <= 30) return 'to30Yen';
  if (days <= 60) return 'to60Yen';
  return days <= 90 ? 'to90Yen' : 'over90Yen';
};

const nothing: Age = { notDueYen: 0, to30Yen: 0, to60Yen: 0, to90Yen: 0, over90Yen: 0 };

/** The open parts of a debt by their age on a day; together they are what is owed. */
export const ageOf = (dues: readonly Pick<Due, 'dueOn' | 'openYen'>[], on: LocalDay): Age => {
  const age = { ...nothing };
  for (const { dueOn, openYen } of dues) age[ageOfDay(dueOn, on)] += openYen;
  return age;
};

export const sumAges = (all: readonly Age[]): Age => {
  const sum = { ...nothing };
  for (const name of ages) sum[name] = sumYen(all.map((age) => age[name]));
  return sum;
};

export const openYenOf = (age: Age): Yen => sumYen(ages.map((name) => age[name]));

export const overdueYenOf = (age: Age): Yen => openYenOf(age) - age.notDueYen;
