import { sumYen, type Yen } from '../shared/money.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import { drawerErrors } from './errors.ts';

/** Coins and notes of the yen, the largest first. */
export const denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1] as const;
export type Pieces = Readonly<
  Partial<Record<`${(typeof denominations)[number]}`, number | undefined>>
>;

export const movementKinds = ['float', 'banked', 'difference'] as const;

const yenText = (yen: Yen) => String(yen).replace(/\B(?=(\d{3})+$)/g, ',');

export const countedYenOf = (pieces: Pieces): Yen =>
  sumYen(denominations.map((yen) => yen * (pieces[`${yen}`] ?? 0)));

/** What was counted must be what the books say, or somebody says why it is not. */
export const decideCount = (
  pieces: Pieces,
  expectedYen: Yen,
  reason: string,
): Result<{ countedYen: Yen; differenceYen: Yen; differenceReason: string | null }> => {
  if (!Object.values(pieces).some((count) => count !== undefined)) {
    const ja = '枚数を入力してください。1枚もないときは、どれかに0を入力してください。';
    const en = 'Please enter how many there are; if there are none, enter 0 for one of them.';
    const fields = [{ path: `pieces.${denominations[0]}`, ja, en }];
    return refuse(drawerErrors.nothing_counted({ fields }));
  }
  const countedYen = countedYenOf(pieces);
  const differenceYen = countedYen - expectedYen;
  if (differenceYen !== 0 && reason === '') {
    const ja = '理由を入力してください。';
    const en = 'Please say why.';
    return refuse(
      drawerErrors.reason_missing({
        params: {
          expected: yenText(expectedYen),
          counted: yenText(countedYen),
          difference: yenText(differenceYen),
        },
        detail: { expectedYen, countedYen, differenceYen },
        fields: [{ path: 'differenceReason', ja, en }],
      }),
    );
  }
  return ok({ countedYen, differenceYen, differenceReason: differenceYen === 0 ? null : reason });
};

/** What a movement does to the drawer; no more leaves it than lies in it. */
export const decideMovement = (
  { kind, amountYen }: { readonly kind: 'float' | 'banked'; readonly amountYen: Yen },
  expectedYen: Yen,
): Result<Yen> => {
  if (kind === 'float') return ok(amountYen);
  if (amountYen > expectedYen) {
    return refuse(drawerErrors.not_enough({ params: { expected: yenText(expectedYen) } }));
  }
  return ok(-amountYen);
};
