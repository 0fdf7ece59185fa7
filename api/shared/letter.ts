import { conventionsOf, inLanguage, type Language, type Localised } from './languages.ts';

/** Whoever reads a letter; nobody by name where it goes to an office. */
export interface Reader {
  readonly name: string | null;
  readonly language: Language;
  readonly publicUrl: string;
}

export interface Letter {
  readonly subject: string;
  readonly body: string;
}

/** A line as it is, a sentence, or a value with its label. */
export type Line = string | Localised | readonly [label: Localised, value: string | Localised];

interface Content {
  readonly subject: Localised;
  /** The number it is about. */
  readonly about?: string | Localised | null;
  readonly lines: readonly Line[];
}

export const bookingPage = (id: string, { publicUrl }: Reader): Line => [
  { ja: '予約のページ', en: 'Booking page' },
  `${publicUrl}/bookings/${id}`,
];

export const bookingLines = (booking: { readonly number: string; readonly title: string }) =>
  [
    [{ ja: '予約番号', en: 'Booking number' }, booking.number],
    [{ ja: '催事名', en: 'Event' }, booking.title],
  ] as const satisfies readonly Line[];

export const reasonLine = (reason: string): Line => [{ ja: '理由', en: 'Reason' }, reason];

/** A letter in the language of its reader. */
export const letterTo = (reader: Reader, { subject, about, lines }: Content): Letter => {
  const { headed, salutation, labelled } = conventionsOf(reader.language);
  const say = (text: string | Localised) =>
    typeof text === 'string' ? text : inLanguage(text, reader.language);
  const written = lines.map((line) =>
    typeof line === 'string' || 'ja' in line ? say(line) : labelled(say(line[0]), say(line[1])),
  );
  const greeting = reader.name === null ? [] : [salutation(reader.name), ''];
  return {
    subject: headed(say(subject), say(about ?? '')),
    body: [...greeting, ...written].join('\n'),
  };
};
