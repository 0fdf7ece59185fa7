import type { Me } from '#web/api.ts';

declare global {
  /** The API of this process: pages call it without a network hop. */
  var kaikanApi:
    | {
        fetch(
          request: Request,
          bindings?: { clientAddress?: string },
        ): Response | Promise<Response>;
      }
    | undefined;
  namespace App {
    interface Locals {
      me: Me | undefined;
      locale: 'ja' | 'en';
    }
    interface Error {
      message: string;
      requestId?: string;
    }
  }
}
