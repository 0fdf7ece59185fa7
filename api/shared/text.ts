import { z } from 'zod';

/**
 * Marks nobody sees: left behind where a text was copied, or put there to turn round how it is read
 * (`fdp.exe` for `exe.pdf`).
 */
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
/** Tabs come along with the cells of a table, vertical ones with the titles of slides. */
const gaps = /[\t\v\f]+/g;
const breaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

export const withoutInvisible = (text: string): string => text.replace(invisible, '');

const tidyLine = (text: string): string => withoutInvisible(text).replace(gaps, ' ').trim();
const isLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);

const tidyText = (text: string): string => withoutInvisible(text).replace(breaks, '\n').trim();
const isText = (text: string): boolean => !/[^\P{Cc}\n\t]/u.test(text);

/** What was written before there was a rule, or elsewhere, as the one line of a header or a subject. */
export const asLine = (text: string): string =>
  tidyLine(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));

/**
 * A name, a title, a short reason: one line. What pasting leaves around it goes without a word. A break
 * inside is refused and not joined: a box of one line cannot send it, so a program did, and its second
 * line would be read as a title's own, or as a header.
 */
export const oneLineSchema = (most: number, least = 1) =>
  z
    .string()
    .overwrite(tidyLine)
    .min(least)
    .max(most)
    .refine(isLine, { params: { code: 'http.not_one_line' } })
    .meta({ format: 'line' });

/** Sentences of a person, with breaks where they wrote them. */
export const textSchema = (most: number, least = 1) =>
  z
    .string()
    .overwrite(tidyText)
    .min(least)
    .max(most)
    .refine(isText, { params: { code: 'http.unreadable_text' } })
    .meta({ format: 'text' });

/** The name of something by which programs know it; what names nothing is told as unknown. */
export const codeSchema = (most: number, least = 1) =>
  z.string().min(least).max(most).meta({ format: 'code' });

/** Compared letter by letter, never shown and never tidied. */
export const secretSchema = (most: number, least = 1) =>
  z.string().min(least).max(most).meta({ format: 'password' });

/** What somebody looks for; nothing of it is kept, so that everything it is pasted with is forgiven. */
export const searchSchema = z.string().overwrite(asLine).max(100).meta({ format: 'search' });
