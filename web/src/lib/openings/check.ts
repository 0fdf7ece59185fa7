import { draw, orderText } from '#api/openings/rules/draw.ts';
import type { LotteryView } from './views.ts';

export interface Check {
  readonly isSeedSame: boolean;
  readonly isOrderSame: boolean;
  readonly areWinnersSame: boolean;
}

const sha256 = async (text: string): Promise<string> => {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

const isSame = (one: readonly number[], other: readonly number[]) => one.join() === other.join();

/** The hashes of a draw, number by number, in the order they give. */
export const hashesOf = async (
  seed: string,
  numbers: readonly number[],
): Promise<{ number: number; text: string; hash: string }[]> => {
  const rows = await Promise.all(
    numbers.map(async (number) => {
      const text = orderText(seed, number);
      return { number, text, hash: await sha256(text) };
    }),
  );
  return rows.sort((one, other) => (one.hash < other.hash ? -1 : 1));
};

/** Draws again from what is published and compares; nothing is asked of the house. */
export const checkDraw = async ({
  seed,
  seedHash,
  entries,
  draw: published,
}: Pick<LotteryView, 'seed' | 'seedHash' | 'entries' | 'draw'>): Promise<
  Check & { readonly hashes: Awaited<ReturnType<typeof hashesOf>> }
> => {
  const drawn = entries.filter(({ number }) => published?.order.includes(number));
  const hashes = await hashesOf(
    seed ?? '',
    drawn.map(({ number }) => number),
  );
  const again = draw({
    entries: drawn,
    hashes: new Map(hashes.map(({ number, hash }) => [number, hash])),
    blocked: published?.blocked ?? [],
  });
  return {
    hashes,
    isSeedSame: (await sha256(seed ?? '')) === seedHash,
    isOrderSame: isSame(again.order, published?.order ?? []),
    areWinnersSame: isSame(again.won, published?.won ?? []),
  };
};
