import { pageOf, safeNext } from '#web/api.ts';

/**
 * A form whose session ended while it was filled in. What was typed goes through the page of sign-in
 * and back in the reader's own browser, in hidden boxes: it is kept nowhere else.
 */
export interface CarriedForm {
  /** The act the form was sent to. */
  readonly act: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Not carried: files, and more text than a page can take along. */
  readonly isCut: boolean;
}

const prefix = 'carried.';
const actName = 'carriedAct';
const mark = 'carried';
const lettersMost = 200_000;

const isSecret = (name: string) => /password/i.test(name);

const actOf = (address: string | null): string => safeNext(address, '/');

/** Where a form without a session is sent on to, with all that it holds. */
export const carryPath = ({ pathname, search }: URL): string =>
  `/sign-in/again?/carry&act=${encodeURIComponent(`${pathname}${search}`)}`;

export const carriedFrom = (form: FormData, act: string | null): CarriedForm => {
  const texts = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !isSecret(entry[0]),
  );
  const letters = texts.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const hasFile = [...form.values()].some((value) => typeof value !== 'string' && value.size > 0);
  const isTooLong = letters > lettersMost;
  return { act: actOf(act), fields: isTooLong ? [] : texts, isCut: isTooLong || hasFile };
};

/** The hidden boxes of the page of sign-in. */
export const boxesOf = ({ act, fields }: CarriedForm): [name: string, value: string][] => [
  [actName, act],
  ...fields.map(([name, value]): [string, string] => [`${prefix}${name}`, value]),
];

/** What these boxes carried, as it was sent at first. */
export const fieldsCarriedBy = (form: FormData): FormData => {
  const sent = new FormData();
  for (const [name, value] of form) {
    if (name.startsWith(prefix)) sent.append(name.slice(prefix.length), value);
  }
  return sent;
};

export const carriedAgain = (form: FormData): CarriedForm =>
  carriedFrom(fieldsCarriedBy(form), String(form.get(actName) ?? ''));

export const pageOfCarried = ({ act }: CarriedForm): string =>
  pageOf(new URL(act, 'https://own.invalid'));

/** Back to the form, which is shown as it was and sent by nobody but its reader. */
export const returnPath = ({ act }: CarriedForm): string =>
  `${act}${act.includes('?') ? '&' : '?'}${mark}=1`;

export const isReturning = (url: URL): boolean => url.searchParams.has(mark);

export const hasCarried = (form: FormData): boolean => form.has(actName);
