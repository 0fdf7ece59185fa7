import { z } from 'zod';
import type { Context } from '../context.ts';
import { sendAskedLink } from './actions.ts';

const askedLink = z.object({ email: z.string(), purpose: z.enum(['confirm', 'reset']) });

export const accessLinksJobs = {
  'access_links.send': (context: Context, payload: unknown) =>
    sendAskedLink(context, askedLink.parse(payload)),
};
