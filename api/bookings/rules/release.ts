import type { Yen } from '../../shared/money.ts';
import type { Language } from '../../shared/languages.ts';
import type { Line } from '../../shared/letter.ts';
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
export const moneyLines = (money: ReleasedMoney, language: Language): Line[] => {
  const yen = (amount: Yen) => yenText(amount, language);
  return [
    [
      { ja: '取消料', en: 'Cancellation fee' },
      money.keptYen > 0 ? yen(money.keptYen) : { ja: 'かかりません', en: 'none' },
    ],
    ...(money.changeFeesYen > 0
      ? [
          [
            { ja: 'これまでの変更料', en: 'Fees for earlier changes' },
            yen(money.changeFeesYen),
          ] as const,
        ]
      : []),
    money.stillOwedYen > 0
      ? [{ ja: 'お支払いいただく額', en: 'Amount to pay' }, yen(money.stillOwedYen)]
      : [{ ja: 'お返しする額', en: 'Amount we return' }, yen(money.comesBackYen)],
    ...(money.waits
      ? [
          {
            ja: '取消料に暫定の割合が含まれるため、請求とお返しは割合が確定するまで待ちます。',
            en: 'Part of the cancellation fee is provisional: charging and returning wait until it is settled.',
          },
        ]
      : []),
  ];
};
