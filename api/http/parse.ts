import type { ValidationTargets } from 'hono';
import { validator } from 'hono-openapi';
import type { z } from 'zod';
import { httpErrors } from './errors.ts';
import { fieldOf } from './issues.ts';

/** Parses a part of the request; what does not fit is one 400 that names every field. */
export const parse = <Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) =>
  validator(target, schema, (parsed) => {
    if (!parsed.success) throw httpErrors.invalid_input({ fields: parsed.error.map(fieldOf) });
  });
