import type { AppError } from './error.ts';

export type Result<Value> = { ok: true; value: Value } | { ok: false; error: AppError };

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value });

export const refuse = (error: AppError): { ok: false; error: AppError } => ({ ok: false, error });

/** The value, or the refusal thrown: inside a transaction, throwing is what rolls back. */
export const orThrow = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw result.error;
  return result.value;
};
