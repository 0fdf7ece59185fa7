/** The part of the payment company’s browser library that a card needs. */
interface PaymentElement {
  mount(place: HTMLElement): void;
  on(event: 'ready', done: () => void): unknown;
}

export interface CardElements {
  create(kind: 'payment'): PaymentElement;
}

interface CardLibrary {
  elements(options: { clientSecret: string; locale: string }): CardElements;
  confirmPayment(options: {
    elements: CardElements;
    confirmParams: { return_url: string };
  }): Promise<{ error?: { message?: string } }>;
}

type OpenLibrary = (publishableKey: string) => CardLibrary;

const libraryIn = (page: Window): OpenLibrary | undefined =>
  (page as unknown as { Stripe?: OpenLibrary }).Stripe;

/** Loads the library once; its makers ask that it comes from their own address. */
export const loadCardLibrary = (scriptUrl: string): Promise<OpenLibrary> =>
  new Promise((resolve, reject) => {
    const known = libraryIn(window);
    if (known) return resolve(known);
    const script = document.createElement('script');
    script.src = scriptUrl;
    script.onload = () => {
      const loaded = libraryIn(window);
      if (loaded) resolve(loaded);
      else reject(new Error('the card library did not start'));
    };
    script.onerror = () => reject(new Error('the card library did not load'));
    document.head.append(script);
  });
