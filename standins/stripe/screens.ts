import { html } from 'hono/html';
import { secondsOf } from './desk.ts';
import { storeChains, type Intent, type StoreChain, type Voucher } from './ledger.ts';

const chainNames: Readonly<Record<StoreChain, string>> = {
  familymart: 'ファミリーマート',
  lawson: 'ローソン',
  ministop: 'ミニストップ',
  seicomart: 'セイコーマート',
};

const style = `
  :root { color-scheme: light dark; --ink: #1a1a1c; --surface: #fff; --line: #767676; --warn: #fff3c4; --go: #0017c1; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --surface: #1a1a1c; --line: #8c8c8c; --warn: #4d3a00; --go: #9db7f9; } }
  body { margin: 0; font: 1rem/1.7 'Noto Sans JP', sans-serif; color: var(--ink); background: var(--surface); }
  main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
  .trial { margin: 0; padding: .75rem 1rem; background: var(--warn); font-weight: 700; text-align: center; }
  h1 { font-size: 1.5rem; line-height: 1.4; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
  dt { color: inherit; } dd { margin: 0; font-weight: 700; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border: 1px solid var(--line); padding: .5rem .75rem; text-align: left; font-variant-numeric: tabular-nums; }
  .scroll { overflow-x: auto; }
  select, input, button { box-sizing: border-box; max-width: 100%; font: inherit; min-height: 44px; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); color: var(--ink); }
  button.main { border-color: var(--go); background: var(--go); color: var(--surface); font-weight: 700; }
  :focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d; }
  label { display: grid; gap: .25rem; }
  form { margin-top: 2rem; display: grid; gap: 1rem; justify-items: start; }
`;

export const frame = (title: string, content: ReturnType<typeof html>) =>
  html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}（試験環境）</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <p class="trial">試験環境です。実際のお金は動きません。</p>
        <main>${content}</main>
      </body>
    </html>`;

export const yenText = (amount: number) => `${String(amount).replace(/\B(?=(\d{3})+$)/g, ',')}円`;

/** Wall clock in Japan, which is nine hours ahead all year. */
export const timeText = (seconds: number) => {
  const [date, time] = new Date((seconds + 9 * 3_600) * 1_000).toISOString().split('T');
  const [year, month, day] = date!.split('-').map(Number);
  return `${year}年${month}月${day}日 ${time!.slice(0, 5)}`;
};

export const messagePage = (sentence: string) => frame('お知らせ', html`<h1>${sentence}</h1>`);

const stateSentence = (intent: Intent, voucher: Voucher, now: Date): string | undefined => {
  if (intent.status === 'succeeded')
    return 'お支払いが完了しました。この画面は閉じてかまいません。';
  if (intent.status === 'canceled') return 'このお支払いは取り消されました。';
  if (intent.status === 'requires_payment_method') return 'お支払いの期限が過ぎました。';
  if (voucher.expiresAt <= secondsOf(now)) return 'お支払いの期限が過ぎました。';
  return voucher.isPayable ? undefined : 'この試験用の払込番号は、支払われないまま期限を迎えます。';
};

const tillForm = (intent: Intent) => html`
  <form method="post" action="/stand-in/stripe/vouchers/${intent.id}/payments">
    <label>
      お支払いになる店舗
      <select name="chain">
        ${storeChains.map((chain) => html`<option value="${chain}">${chainNames[chain]}</option>`)}
      </select>
    </label>
    <button class="main" type="submit">コンビニのレジで支払う（試験）</button>
  </form>
`;

const codeRow = (voucher: Voucher, chain: StoreChain) => html`
  <tr>
    <th scope="row">${chainNames[chain]}</th>
    <td>${voucher.paymentCodes[chain]}</td>
    <td>${voucher.confirmationNumber}</td>
  </tr>
`;

export const voucherPage = (intent: Intent, voucher: Voucher, now: Date) => {
  const sentence = stateSentence(intent, voucher, now);
  return frame(
    'コンビニ払い 払込番号',
    html`
      <h1>コンビニでのお支払い</h1>
      ${sentence ? html`<p role="status"><strong>${sentence}</strong></p>` : ''}
      <dl>
        <dt>お支払い金額</dt>
        <dd>${yenText(intent.amount)}</dd>
        <dt>お支払い期限</dt>
        <dd>${timeText(voucher.expiresAt)}</dd>
        <dt>内容</dt>
        <dd>${intent.konbini?.product_description ?? 'お買い上げ商品・サービス'}</dd>
        <dt>お名前</dt>
        <dd>${intent.method?.billing.name ?? ''}</dd>
      </dl>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">店舗</th>
              <th scope="col">払込番号</th>
              <th scope="col">確認番号</th>
            </tr>
          </thead>
          <tbody>
            ${storeChains.map((chain) => codeRow(voucher, chain))}
          </tbody>
        </table>
      </div>
      ${sentence ? '' : tillForm(intent)}
    `,
  );
};

export const bankPage = (intent: Intent) =>
  frame(
    '本人認証',
    html`
      <h1>カード会社の本人認証（3Dセキュア）</h1>
      <p>
        カード（下4桁 ${intent.method?.card?.last4 ?? ''}）で
        ${yenText(intent.amount)}を支払う手続きです。ご本人ですか。
      </p>
      <form method="post" action="/stand-in/stripe/3ds/${intent.id}">
        <button class="main" type="submit" name="answer" value="yes">認証する（試験）</button>
        <button type="submit" name="answer" value="no">認証しない（試験）</button>
      </form>
    `,
  );
