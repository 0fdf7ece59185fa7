import { AppError, sentenceOf, type ErrorField } from './error.ts';

/** An error as the sentence of the field it speaks of. */
export const fieldSentence = (path: string, error: AppError): ErrorField => ({
  path,
  code: error.code,
  ja: sentenceOf(error, 'ja'),
  en: sentenceOf(error, 'en'),
});

/** The same error, naming its fields. */
export const withFields = (error: AppError, fields: readonly ErrorField[]): AppError =>
  new AppError(error.code, error.sentences, { ...error.options, fields });

/** The same error, speaking of one field. */
export const atField = (path: string, error: AppError): AppError =>
  withFields(error, [fieldSentence(path, error)]);
