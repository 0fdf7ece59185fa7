/** Why the server does not start, in both languages, for the person who starts it. */
export class StartError extends Error {
  constructor(ja: string, en: string, options?: ErrorOptions) {
    super(`${ja}\n${en}`, options);
    this.name = 'StartError';
  }
}
