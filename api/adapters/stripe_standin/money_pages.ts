import { Hono, type Context } from 'hono';
import { checkCustomer, findCashYen } from './customers.ts';
import { findIntent, type Desk } from './desk.ts';
import { page, pagesPath } from './paged.ts';
import { refundPage, refundsPage, transferPage } from './money_screens.ts';
import { findRefund, giveRefundAccount } from './refunds.ts';
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

export const moneyRoutes = (desk: Desk) =>
  new Hono().route('/transfers', transferRoutes(desk)).route('/refunds', refundRoutes(desk));
