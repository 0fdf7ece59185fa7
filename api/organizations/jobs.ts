import type { Context } from '../context.ts';
import { registerNewcomer } from './actions.ts';
import { newcomerSchema } from './schema.ts';

export const organizationsJobs = {
  'organizations.register_newcomer': (context: Context, payload: unknown) =>
    registerNewcomer(context, newcomerSchema.parse(payload)),
};
