import type { HttpBindings } from '@hono/node-server';
import type { SignedIn } from '../accounts/rules.ts';
import type { Context } from '../context.ts';

/** What every handler finds on its request. */
export interface AppEnvironment {
  /** From a socket, or from our own pages, which call the API in process and know the caller. */
  Bindings: Partial<HttpBindings> & { clientAddress?: string };
  Variables: {
    context: Context;
    clientAddress: string;
    signedIn: SignedIn | undefined;
    /** Puts dear work on the account of the caller's address. @throws where it has none left */
    spend: (points: number) => void;
  };
}
