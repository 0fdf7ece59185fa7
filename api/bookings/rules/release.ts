import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';

/** What is kept of a cancelled booking, and what of the money that was paid goes back or is missing. */
export interface ReleasedMoney {
  readonly keptYen: Yen;
  /** Fees for earlier changes, which stay. */
  readonly changeFeesYen: Yen;
  readonly comesBackYen: Yen;
  readonly stillOwedYen: Yen;
  /** What is kept is not settled yet, and what comes back waits with it. */
  readonly waits: boolean;
}

/** What becomes of the money, as the letter about a cancellation says it. */
export const moneyLines = (money: ReleasedMoney): string[] => [
  `取消料：${money.keptYen > 0 ? yenText(money.keptYen) : 'かかりません'}`,
  ...(money.changeFeesYen > 0 ? [`これまでの変更料：${yenText(money.changeFeesYen)}`] : []),
  money.stillOwedYen > 0
    ? `お支払いいただく額：${yenText(money.stillOwedYen)}`
    : `お返しする額：${yenText(money.comesBackYen)}`,
  ...(money.waits
    ? ['取消料に暫定の割合が含まれるため、請求とお返しは割合が確定するまで待ちます。']
    : []),
];
