import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { done, doneSchema } from '../http/respond.ts';
import { askForLink, confirmAccount, resetPassword } from './actions.ts';
import { addressSchema, confirmationSchema, resetSchema } from './schema.ts';

export const accessLinksRoutes = new Hono<AppEnvironment>()
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
    parse('json', addressSchema),
    async (c) => {
      const { email } = c.req.valid('json');
      await askForLink(c.get('context'), { email, purpose: 'confirm' }, c.get('clientAddress'));
      return done(c, []);
    },
  )
  .post(
    '/confirmations/open',
    describeRoute({
      tags: ['accounts'],
      summary: 'Confirm an e-mail address with the token of the mail, and choose the password',
      responses: {
        ...answer(200, 'Confirmed and signed in', doneSchema),
        ...problems(400, 410),
      },
    }),
    parse('json', confirmationSchema),
    async (c) => {
      const { cookies } = await confirmAccount(
        c.get('context'),
        c.req.valid('json'),
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
    parse('json', addressSchema),
    async (c) => {
      const { email } = c.req.valid('json');
      await askForLink(c.get('context'), { email, purpose: 'reset' }, c.get('clientAddress'));
      return done(c, []);
    },
  )
  .post(
    '/password-resets/open',
    describeRoute({
      tags: ['accounts'],
      summary: 'Set a new password with the token of the mail',
      responses: {
        ...answer(200, 'Set; every session and every other link is ended', doneSchema),
        ...problems(400, 410),
      },
    }),
    parse('json', resetSchema),
    async (c) => {
      await resetPassword(c.get('context'), c.req.valid('json'));
      return done(c, []);
    },
  );
