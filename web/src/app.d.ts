import type { Language } from '#api/shared/languages.ts';
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
      locale: Language;
      /** The form comes back from the page of sign-in: it is shown, and does nothing. */
      isReturning: boolean;
    }
    interface Error {
      message: string;
      requestId?: string;
    }
  }
}
