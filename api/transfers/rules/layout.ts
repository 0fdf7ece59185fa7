import type { Sentence } from '../../shared/languages.ts';

/** How a field is written: a day of an era, a number filled with zeros, digits, or text. */
type FieldKind = 'day' | 'free_day' | 'amount' | 'digits' | 'text' | 'unused';

export interface Field extends Sentence {
  readonly name: string;
  readonly kind: FieldKind;
  readonly from: number;
  readonly length: number;
}

type Part = readonly [name: string, length: number, kind: FieldKind, ja: string, en: string];

const unused = (length: number): Part => ['', length, 'unused', '', ''];

const lay = (parts: readonly Part[]): Field[] => {
  let from = 1;
  return parts.flatMap(([name, length, kind, ja, en]) => {
    const field = { name, length, kind, ja, en, from };
    from += length;
    return kind === 'unused' ? [] : [field];
  });
};

const dataType: Part = unused(1);

const spanParts: readonly Part[] = [
  dataType,
  ['fileKind', 2, 'digits', '種別コード', 'the kind of file'],
  ['codeKind', 1, 'digits', 'コード区分', 'the code of characters'],
  ['madeOn', 6, 'day', '作成日', 'the day of making'],
  ['firstOn', 6, 'day', '勘定日(自)', 'the first day'],
  ['lastOn', 6, 'day', '勘定日(至)', 'the last day'],
  ['bankCode', 4, 'digits', '銀行コード', 'the bank code'],
  unused(15),
  ['branchCode', 3, 'digits', '支店コード', 'the branch code'],
  unused(15),
];

/** The layouts of 振込入金通知 (01). */
export const noticeLayouts = {
  header: lay([
    ...spanParts,
    ['accountKind', 1, 'digits', '預金種目', 'the kind of account'],
    ['number', 7, 'digits', '口座番号', 'the account number'],
  ]),
  data: lay([
    dataType,
    ['reference', 6, 'text', '照会番号', 'the reference'],
    ['bookedOn', 6, 'day', '勘定日', 'the day of entry'],
    ['valueOn', 6, 'free_day', '起算日', 'the value day'],
    ['amount', 10, 'amount', '金額', 'the amount'],
    unused(10),
    ['payerCode', 10, 'text', '振込依頼人コード', 'the payer’s code'],
    ['payerName', 48, 'text', '振込依頼人名', 'the payer’s name'],
    ['bankName', 15, 'text', '仕向銀行名', 'the sending bank'],
    ['branchName', 15, 'text', '仕向店名', 'the sending branch'],
    ['cancels', 1, 'text', '取消区分', 'the mark of cancellation'],
  ]),
  /** What follows in format A, and in format B with its longer amounts. */
  dataA: lay([unused(128), ['message', 20, 'text', 'EDI情報', 'the EDI information']]),
  dataB: lay([
    unused(128),
    ['longAmount', 12, 'amount', '金額(2)', 'the second amount'],
    unused(12),
    ['message', 20, 'text', 'EDI情報', 'the EDI information'],
  ]),
  trailer: lay([
    dataType,
    ['inCount', 6, 'amount', '振込合計件数', 'the count of transfers'],
    ['inSum', 12, 'amount', '振込合計金額', 'the sum of transfers'],
    ['cancelledCount', 6, 'amount', '取消合計件数', 'the count of cancellations'],
    ['cancelledSum', 12, 'amount', '取消合計金額', 'the sum of cancellations'],
  ]),
} as const;

/** The layouts of 入出金取引明細 (03). */
export const statementLayouts = {
  header: lay([
    ...spanParts,
    unused(3),
    ['accountKind', 1, 'digits', '預金種目', 'the kind of account'],
    ['number', 10, 'digits', '口座番号', 'the account number'],
    unused(40),
    ['sign', 1, 'text', '貸越区分', 'the sign of the balance'],
    unused(1),
    ['balance', 14, 'amount', '取引前残高', 'the balance before'],
  ]),
  data: lay([
    dataType,
    ['reference', 8, 'text', '照会番号', 'the reference'],
    ['bookedOn', 6, 'day', '勘定日', 'the day of entry'],
    ['valueOn', 6, 'free_day', '預入・払出日', 'the value day'],
    ['direction', 1, 'digits', '入払区分', 'the direction'],
    ['dealing', 2, 'text', '取引区分', 'the kind of dealing'],
    ['amount', 12, 'amount', '取引金額', 'the amount'],
    unused(12 + 6 + 6 + 1 + 7 + 3),
    ['payerCode', 10, 'text', '振込依頼人コード', 'the payer’s code'],
    ['payerName', 48, 'text', '振込依頼人名', 'the payer’s name'],
    ['bankName', 15, 'text', '仕向銀行名', 'the sending bank'],
    ['branchName', 15, 'text', '仕向店名', 'the sending branch'],
    ['remark', 20, 'text', '摘要内容', 'the remark'],
    ['message', 20, 'text', 'EDI情報', 'the EDI information'],
  ]),
  trailer: lay([
    dataType,
    ['inCount', 6, 'amount', '入金件数', 'the count of incoming entries'],
    ['inSum', 13, 'amount', '入金額合計', 'the sum of incoming entries'],
    ['outCount', 6, 'amount', '出金件数', 'the count of outgoing entries'],
    ['outSum', 13, 'amount', '出金額合計', 'the sum of outgoing entries'],
    ['sign', 1, 'text', '貸越区分', 'the sign of the balance'],
    ['balance', 14, 'amount', '取引後残高', 'the balance after'],
    ['dataCount', 7, 'amount', 'データ件数', 'the count of entries'],
  ]),
  end: lay([
    dataType,
    ['recordCount', 10, 'amount', 'レコード総件数', 'the count of records'],
    ['accountCount', 5, 'amount', '口座数', 'the count of accounts'],
  ]),
} as const;
