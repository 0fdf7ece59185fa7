import { Hono, type Context } from 'hono';
import { checkCustomer, findCashYen } from './customers.ts';
import { findIntent, type Desk } from './desk.ts';
import { page, pagesPath } from './paged.ts';
import { closeDispute, openDispute } from './disputes.ts';
import { dashboardPage, refundPage, refundsPage, transferPage } from './money_screens.ts';
import { StripeRefusal } from './refusal.ts';
import { findRefund, giveRefundAccount, refundByHand } from './refunds.ts';
import { transferTo } from './transfers.ts';

const amountMax = 99_999_999;

/** `１００，０００` as 100000; undefined for what is no amount. */
const amountOf = (text: unknown): number | undefined => {
  const digits = String(text)
    .normalize('NFKC')
    .replace(/[,\s円]/g, '');
  const amount = /^\d{1,8}$/.test(digits) ? Number(digits) : 0;
  return amount >= 1 && amount <= amountMax ? amount : undefined;
};

const showTransfer = (desk: Desk, c: Context, mistake?: string) => {
  const intent = findIntent(desk, c.req.param('id')!);
  const customer = checkCustomer(desk, intent.customerId ?? undefined);
  const cashYen = findCashYen(desk, customer.id);
  const shown = mistake ? { cashYen, mistake } : { cashYen };
  return page(c, transferPage(intent, customer, shown), mistake ? 422 : 200);
};

const transferRoutes = (desk: Desk) =>
  new Hono()
    .get('/:id', (c) => showTransfer(desk, c))
    .post('/:id/payments', async (c) => {
      const { amount, sender } = await c.req.parseBody();
      const yen = amountOf(amount);
      if (!yen) return showTransfer(desk, c, '金額を1円以上の数字で入力してください。');
      const name = String(sender).slice(0, 48);
      transferTo(desk, c.req.param('id'), yen, { name, bank: '試験銀行', branch: '本店' });
      return c.redirect(`${pagesPath}/transfers/${c.req.param('id')}`, 303);
    });

const refundRoutes = (desk: Desk) =>
  new Hono()
    .get('/', (c) => {
      const waiting = Object.values(desk.ledger.refunds).filter(
        ({ status }) => status === 'requires_action',
      );
      return page(c, refundsPage(waiting.reverse()));
    })
    .get('/:id', (c) => page(c, refundPage(findRefund(desk, c.req.param('id')))))
    .post('/:id/accounts', async (c) => {
      const refund = findRefund(desk, c.req.param('id'));
      const account = String((await c.req.parseBody())['account'])
        .normalize('NFKC')
        .trim();
      if (!/^\d{7}$/.test(account)) {
        return page(c, refundPage(refund, '口座番号を7桁の数字で入力してください。'), 422);
      }
      // Pressed twice, the second press only shows what the first one did.
      if (refund.status === 'requires_action') giveRefundAccount(desk, refund.id, account);
      return c.redirect(`${pagesPath}/refunds/${refund.id}`, 303);
    });

const shownMost = 20;

const showDashboard = (desk: Desk, c: Context, mistake?: string) => {
  const { intents, disputes } = desk.ledger;
  const paid = Object.values(intents).filter(({ status }) => status === 'succeeded');
  const open = Object.values(disputes).filter(({ status }) => status.endsWith('needs_response'));
  const shown = paid.reverse().slice(0, shownMost);
  return page(c, dashboardPage(shown, open, mistake), mistake ? 422 : 200);
};

/** Refused as Stripe would; the page says why and stays. */
const atDashboard = async (desk: Desk, c: Context, act: () => unknown) => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof StripeRefusal) || error.status === 404) throw error;
    return showDashboard(desk, c, error.body.message);
  }
  return c.redirect(`${pagesPath}/dashboard`, 303);
};

const dashboardRoutes = (desk: Desk) =>
  new Hono()
    .get('/', (c) => showDashboard(desk, c))
    .post('/:id/refunds', async (c) => {
      const amount = amountOf((await c.req.parseBody())['amount']);
      if (!amount) return showDashboard(desk, c, '金額を1円以上の数字で入力してください。');
      return atDashboard(desk, c, () => refundByHand(desk, c.req.param('id'), amount));
    })
    .post('/:id/disputes', (c) => atDashboard(desk, c, () => openDispute(desk, c.req.param('id'))))
    .post('/:id/decisions', async (c) => {
      const { end } = await c.req.parseBody();
      const decision = end === 'won' ? 'won' : 'lost';
      return atDashboard(desk, c, () => closeDispute(desk, c.req.param('id'), decision));
    });

export const moneyRoutes = (desk: Desk) =>
  new Hono()
    .route('/transfers', transferRoutes(desk))
    .route('/refunds', refundRoutes(desk))
    .route('/dashboard', dashboardRoutes(desk));
