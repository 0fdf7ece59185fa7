import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { answerBank, payCard } from './card.ts';
import { findIntent, type Desk } from './desk.ts';
import { payVoucher } from './konbini.ts';
import { storeChains, type Intent } from './ledger.ts';
import { moneyRoutes } from './money_pages.ts';
import { page, pagesPath } from './paged.ts';
import { StripeRefusal } from './refusal.ts';
import { scriptText } from './script.ts';
import { bankPage, messagePage, voucherPage } from './screens.ts';

const entrySchema = z.strictObject({
  clientSecret: z.string(),
  number: z.string().max(40),
  expiry: z.string().max(10),
  cvc: z.string().max(10),
  returnUrl: z.url(),
});

const originsOf = (desk: Desk, c: Context) =>
  new Set([new URL(desk.publicUrl).origin, new URL(c.req.url).origin]);

/** The way back leads to our own pages only: this is no door to other sites. */
const isOwnAddress = (desk: Desk, c: Context, address: string) =>
  URL.canParse(address) &&
  (originsOf(desk, c).has(new URL(address).origin) ||
    new URL(address).host === c.req.header('host'));

const returnAddress = (intent: Intent): string => {
  const url = new URL(intent.returnUrl!);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.clientSecret);
  url.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'failed');
  return url.href;
};

const cardRoutes = (desk: Desk) =>
  new Hono().post('/confirmations', async (c) => {
    const parsed = entrySchema.safeParse(await c.req.json());
    if (!parsed.success || !isOwnAddress(desk, c, parsed.data.returnUrl)) {
      const error = {
        type: 'validation_error',
        code: 'invalid',
        message: '入力をご確認ください。',
      };
      return c.json({ error }, 400);
    }
    const intent = payCard(desk, parsed.data);
    const redirectTo =
      intent.status === 'requires_action' ? `${pagesPath}/3ds/${intent.id}` : returnAddress(intent);
    return c.json({ status: intent.status, id: intent.id, redirectTo });
  });

const bankRoutes = (desk: Desk) =>
  new Hono()
    .get('/:id', (c) => page(c, bankPage(findIntent(desk, c.req.param('id')))))
    .post('/:id', async (c) => {
      const { answer } = await c.req.parseBody();
      return c.redirect(returnAddress(answerBank(desk, c.req.param('id'), answer === 'yes')), 303);
    });

const voucherRoutes = (desk: Desk) =>
  new Hono()
    .get('/:id', (c) => {
      const intent = findIntent(desk, c.req.param('id'));
      if (!intent.voucher) return page(c, messagePage('この支払いには払込番号がありません。'), 404);
      return page(c, voucherPage(intent, intent.voucher, desk.now()));
    })
    .post('/:id/payments', async (c) => {
      const { chain } = await c.req.parseBody();
      const known = storeChains.find((candidate) => candidate === chain);
      const intent = findIntent(desk, c.req.param('id'));
      // Pressed twice, the second press only shows what the first one did.
      if (intent.status === 'requires_action') payVoucher(desk, intent.id, known);
      return c.redirect(`${pagesPath}/vouchers/${intent.id}`, 303);
    });

/** What people see of the stand-in: the till, the bank's question, the card form, accounts. */
export const createStandInPages = (desk: Desk): Hono => {
  const app = new Hono();
  app.onError((error, c) => {
    const isJson = c.req.path.startsWith(`${pagesPath}/card/`);
    if (error instanceof HTTPException) return error.getResponse();
    if (!(error instanceof StripeRefusal)) throw error;
    if (isJson) return c.json({ error: error.body }, error.status);
    const isMissing = error.status === 404;
    const sentence = isMissing
      ? 'この支払いは見つかりません。'
      : 'この支払いの手続きはすでに終わっています。';
    return page(c, messagePage(sentence), isMissing ? 404 : 409);
  });
  app.use(csrf({ origin: (origin, c) => isOwnAddress(desk, c, origin) }));
  app.get(`${pagesPath}/stripe.js`, (c) =>
    c.body(scriptText, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );
  app.route(`${pagesPath}/card`, cardRoutes(desk));
  app.route(`${pagesPath}/3ds`, bankRoutes(desk));
  app.route(`${pagesPath}/vouchers`, voucherRoutes(desk));
  app.route(pagesPath, moneyRoutes(desk));
  app.notFound((c) => page(c, messagePage('お探しのページは見つかりませんでした。'), 404));
  return app;
};
