import { Hono, type Context as HonoContext } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import {
  confirmEmail,
  requestPasswordReset,
  resendConfirmation,
  resetPassword,
  signIn,
  signOut,
} from './actions.ts';
import { emailSchema, passwordSchema, signInSchema } from './schema.ts';

const doneSchema = z.object({ done: z.literal(true) }).meta({ id: 'Done' });

const meSchema = z
  .object({
    account: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      locale: z.enum(['ja', 'en']),
    }),
    isStaff: z.boolean(),
    organizationIds: z.array(z.string()),
    roles: z.array(z.object({ venueId: z.string(), role: z.string() })),
  })
  .meta({ id: 'Me' });

const done = (c: HonoContext<AppEnvironment>, cookies: readonly string[]) => {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
  return c.json({ done: true as const });
};

export const accountsRoutes = new Hono<AppEnvironment>()
  .get(
    '/me',
    describeRoute({
      tags: ['accounts'],
      summary: 'Who is signed in',
      responses: {
        ...answer(200, 'The account with its organizations and roles', meSchema),
        ...problems(401),
      },
    }),
    requireSession,
    (c) => {
      const { accountId, name, email, locale, organizationIds, roles } = c.get('signedIn')!;
      return c.json({
        account: { id: accountId, name, email, locale },
        isStaff: roles.length > 0,
        organizationIds: [...organizationIds],
        roles: [...roles],
      });
    },
  )
  .post(
    '/sign-in',
    describeRoute({
      tags: ['accounts'],
      summary: 'Sign in with e-mail and password',
      responses: {
        ...answer(200, 'The session cookie is set', doneSchema),
        ...problems(400, 401, 403, 429),
      },
    }),
    parse('json', signInSchema),
    async (c) => {
      const { cookies } = await signIn(
        c.get('context'),
        c.req.valid('json'),
        c.get('clientAddress'),
      );
      return done(c, cookies);
    },
  )
  .post(
    '/sign-out',
    describeRoute({
      tags: ['accounts'],
      summary: 'Sign out',
      responses: { ...answer(200, 'The session is ended', doneSchema), ...problems(401) },
    }),
    requireSession,
    async (c) => {
      const cookie = c.req.header('cookie') ?? '';
      const { cookies } = await signOut(c.get('context'), cookie, c.get('clientAddress'));
      return done(c, cookies);
    },
  )
  .post(
    '/confirmations',
    describeRoute({
      tags: ['accounts'],
      summary: 'Send the confirmation mail again',
      responses: {
        ...answer(200, 'Sent, if the address is waiting for it', doneSchema),
        ...problems(400, 429),
      },
    }),
    parse('json', z.object({ email: emailSchema })),
    async (c) => {
      await resendConfirmation(c.get('context'), c.req.valid('json').email, c.get('clientAddress'));
      return done(c, []);
    },
  )
  .post(
    '/confirmations/open',
    describeRoute({
      tags: ['accounts'],
      summary: 'Confirm an e-mail address with the token of the mail',
      responses: {
        ...answer(200, 'Confirmed and signed in', doneSchema),
        ...problems(400, 410, 429),
      },
    }),
    parse('json', z.object({ token: z.string().min(1).max(2_000) })),
    async (c) => {
      const { cookies } = await confirmEmail(
        c.get('context'),
        c.req.valid('json').token,
        c.get('clientAddress'),
      );
      return done(c, cookies);
    },
  )
  .post(
    '/password-resets',
    describeRoute({
      tags: ['accounts'],
      summary: 'Ask for a mail to set a new password',
      responses: {
        ...answer(200, 'Sent, if the address has an account', doneSchema),
        ...problems(400, 429),
      },
    }),
    parse('json', z.object({ email: emailSchema })),
    async (c) => {
      await requestPasswordReset(
        c.get('context'),
        c.req.valid('json').email,
        c.get('clientAddress'),
      );
      return done(c, []);
    },
  )
  .post(
    '/password-resets/open',
    describeRoute({
      tags: ['accounts'],
      summary: 'Set a new password with the token of the mail',
      responses: {
        ...answer(200, 'Set; every session is ended', doneSchema),
        ...problems(400, 410, 429),
      },
    }),
    parse('json', z.object({ token: z.string().min(1).max(2_000), newPassword: passwordSchema })),
    async (c) => {
      await resetPassword(c.get('context'), c.req.valid('json'), c.get('clientAddress'));
      return done(c, []);
    },
  );
