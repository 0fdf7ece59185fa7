import type { InferResponseType } from 'hono/client';
import type { api } from '#web/api.ts';
import { bookWords } from '#web/words/books.ts';
import { words } from '#web/words/words.ts';

type Client = ReturnType<typeof api>['api'];

export type ClosingList = InferResponseType<Client['closings']['$get']>;
export type ClosingView = ClosingList['days'][number];
export type BookTotals = ClosingView['totals'];

/** The three answer JSON or CSV, which the typed client cannot tell apart. */
type JsonOf<Answer> = Exclude<Answer, string | Uint8Array | ArrayBuffer>;
export type Daybook = JsonOf<InferResponseType<Client['closings']['daybook']['$get']>>;
export type Journal = JsonOf<InferResponseType<Client['closings']['journal']['$get']>>;
export type Revenue = JsonOf<InferResponseType<Client['closings']['revenue']['$get']>>;

/** A way in or a way out, in words. */
export const methodWord = (method: string | null): string => {
  if (method === null) return '';
  const ways: Readonly<Record<string, string>> = {
    ...bookWords().route,
    ...words().states.method,
  };
  return ways[method] ?? method;
};

export const yenOfKinds = ({ sums }: BookTotals, kinds: readonly string[]): number =>
  sums
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { amountYen }) => sum + amountYen, 0);
