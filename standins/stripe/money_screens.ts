import { html } from 'hono/html';
import { bank } from './customer_shapes.ts';
import type { Customer, Dispute, Intent, Refund } from './ledger.ts';
import { frame, timeText, yenText } from './screens.ts';

const problem = (sentence: string | undefined) =>
  sentence ? html`<p role="alert"><strong>${sentence}</strong></p>` : '';

const transferState = ({ status }: Intent): string | undefined => {
  if (status === 'succeeded') return 'お振込を確認しました。この画面は閉じてかまいません。';
  return status === 'canceled' ? 'このお支払いは取り消されました。' : undefined;
};

const transferForm = (intent: Intent) => html`
  <form method="post" action="/stand-in/stripe/transfers/${intent.id}/payments">
    <label>
      振り込む金額（円）
      <input
        name="amount"
        inputmode="numeric"
        value="${Math.max(1, intent.amount - intent.fundedYen)}"
        required
      />
    </label>
    <label>
      振込依頼人名
      <input name="sender" value="${intent.method?.billing.name ?? 'フリコミ ニン'}" />
    </label>
    <button class="main" type="submit">この口座へ振り込む（試験）</button>
  </form>
`;

/** The account of a payment, and a bank counter where anybody may send money to it. */
export const transferPage = (
  intent: Intent,
  { account }: Customer,
  { cashYen, mistake }: { cashYen: number; mistake?: string },
) => {
  const state = transferState(intent);
  return frame(
    '銀行振込',
    html`
      <h1>銀行振込の口座</h1>
      ${state ? html`<p role="status"><strong>${state}</strong></p>` : ''} ${problem(mistake)}
      <dl>
        <dt>お支払い金額</dt>
        <dd>${yenText(intent.amount)}</dd>
        <dt>これまでの入金</dt>
        <dd>${yenText(intent.fundedYen)}</dd>
        <dt>預かっている残り</dt>
        <dd>${yenText(cashYen)}</dd>
        <dt>銀行</dt>
        <dd>${bank.name}（${bank.code}）</dd>
        <dt>支店</dt>
        <dd>${bank.branchName}（${account.branchCode}）</dd>
        <dt>口座</dt>
        <dd>普通 ${account.accountNumber}</dd>
        <dt>口座名義</dt>
        <dd>${bank.holder}</dd>
      </dl>
      ${transferForm(intent)}
    `,
  );
};

const statusText: Readonly<Record<Refund['status'], string>> = {
  requires_action: '口座の指定を待っています',
  pending: '振込の手続き中です',
  succeeded: '返金が完了しました',
  failed: '返金できませんでした',
  canceled: '返金は取り消されました',
};

const accountForm = (refund: Refund) => html`
  <form method="post" action="/stand-in/stripe/refunds/${refund.id}/accounts">
    <label>
      返金を受け取る口座番号（7桁。試験用：0001234 は成功、1111113 は口座の誤り）
      <input name="account" inputmode="numeric" value="0001234" required />
    </label>
    <button class="main" type="submit">この口座で受け取る（試験）</button>
  </form>
`;

/** What the link in Stripe's letter opens: where the customer names an account for the refund. */
export const refundPage = (refund: Refund, mistake?: string) =>
  frame(
    '返金の受け取り',
    html`
      <h1>返金を受け取る口座</h1>
      <p role="status"><strong>${statusText[refund.status]}</strong></p>
      ${problem(mistake)}
      <dl>
        <dt>返金額</dt>
        <dd>${yenText(refund.amount)}</dd>
        <dt>ご案内先</dt>
        <dd>${refund.instructionsEmail ?? 'カードへ返金'}</dd>
        ${
          refund.status === 'requires_action' && refund.expiresAt !== null
            ? html`<dt>受付の期限</dt>
                <dd>${timeText(refund.expiresAt)}</dd>`
            : ''
        }
      </dl>
      ${refund.status === 'requires_action' ? accountForm(refund) : ''}
    `,
  );

/** In place of Stripe's letters, which the stand-in does not send. */
export const refundsPage = (refunds: readonly Refund[]) =>
  frame(
    '返金のご案内',
    html`
      <h1>Stripeから届く返金のご案内</h1>
      ${refunds.length === 0 ? html`<p>口座の指定を待つ返金はありません。</p>` : ''}
      <ul>
        ${refunds.map(
          (refund) =>
            html`<li>
              <a href="/stand-in/stripe/refunds/${refund.id}"
                >${refund.instructionsEmail} 宛 ${yenText(refund.amount)}の返金</a
              >
            </li>`,
        )}
      </ul>
    `,
  );

/** What people do on Stripe's own pages, and the bank of a payer: none of it passes through our house. */
export const dashboardPage = (
  paid: readonly Intent[],
  disputes: readonly Dispute[],
  mistake?: string,
) =>
  frame(
    'Stripeの管理画面',
    html`
      <h1>Stripeの管理画面（試験）</h1>
      ${problem(mistake)}
      <ul>
        ${paid.map(
          (intent) =>
            html`<li>
              <p>${intent.description ?? intent.id} ${yenText(intent.amount)}</p>
              <form method="post" action="/stand-in/stripe/dashboard/${intent.id}/refunds">
                <label>返金する額（円）<input name="amount" inputmode="numeric" required /></label>
                <button type="submit">ここで返金する（試験）</button>
              </form>
              ${
                intent.method?.card
                  ? html`<form
                      method="post"
                      action="/stand-in/stripe/dashboard/${intent.id}/disputes"
                    >
                      <button type="submit">名義人が異議を申し立てる（試験）</button>
                    </form>`
                  : ''
              }
            </li>`,
        )}
      </ul>
      <ul>
        ${disputes.map(
          ({ id, amount }) =>
            html`<li>
              <form method="post" action="/stand-in/stripe/dashboard/${id}/decisions">
                <p>異議 ${yenText(amount)}</p>
                <button name="end" value="won">会館の主張を認める（試験）</button>
                <button name="end" value="lost">名義人の主張を認める（試験）</button>
              </form>
            </li>`,
        )}
      </ul>
    `,
  );
