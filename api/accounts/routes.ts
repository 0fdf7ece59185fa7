import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { done, doneSchema } from '../http/respond.ts';
import { requireSession } from '../http/session.ts';
import { languageSchema } from '../shared/languages.ts';
import { changeLanguage, signIn, signOut } from './actions.ts';
import { languageChangeSchema, signInSchema } from './schema.ts';

const meSchema = z
  .object({
    account: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      locale: languageSchema,
    }),
    isStaff: z.boolean(),
    organizationIds: z.array(z.string()),
    roles: z.array(z.object({ venueId: z.string(), role: z.string() })),
  })
  .meta({ id: 'Me' });

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
  .put(
    '/me/language',
    describeRoute({
      tags: ['accounts'],
      summary: 'Choose the language of the letters to oneself',
      responses: { ...answer(200, 'It is chosen', doneSchema), ...problems(400, 401) },
    }),
    requireSession,
    parse('json', languageChangeSchema),
    async (c) => {
      const { accountId } = c.get('signedIn')!;
      await changeLanguage(c.get('context'), { accountId, ...c.req.valid('json') });
      return done(c, []);
    },
  )
  .post(
    '/sign-in',
    describeRoute({
      tags: ['accounts'],
      summary: 'Sign in with e-mail and password',
      security: [],
      responses: {
        ...answer(200, 'The session cookie is set', doneSchema),
        ...problems(400, 401, 429),
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
  );
