import type { z } from 'zod';
import type {
  amendmentSchema,
  changesSchema,
  lookSchema,
  previewAnswerSchema,
  versionEntrySchema,
} from '#api/bookings/schema/amendments.ts';
import type { changeFeeSchema } from '#api/cancellations/schema.ts';
import type { Quote } from '#web/fees/quote.ts';
import { changeWords } from '#web/words/changes.ts';
import { formatYen } from '#web/words/format.ts';
import { locale } from '#web/words/words.ts';

/** As the API answers it, and nobody changes it. */
type Seen<Value> = Value extends readonly (infer Item)[]
  ? readonly Seen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Seen<Value[Key]> }
    : Value;

export type ChangesView = Seen<z.infer<typeof changesSchema>>;
export type PreviewView = Seen<Omit<z.infer<typeof previewAnswerSchema>, 'quote'>> & {
  readonly quote: Quote;
  readonly changeFee?: Seen<z.infer<typeof changeFeeSchema>>;
};
export type AmendmentView = Seen<z.infer<typeof amendmentSchema>>;
export type VersionView = Seen<z.infer<typeof versionEntrySchema>>;
export type LookView = Seen<z.infer<typeof lookSchema>>;

/** `＋28,600円（増額）`: a sign and a word, never a colour alone. */
export const differenceWords = (yen: number): string => {
  const text = changeWords();
  if (yen === 0) return text.same;
  const sign = yen > 0 ? '+' : '−';
  const amount = formatYen(Math.abs(yen), locale());
  return `${sign}${amount} (${yen > 0 ? text.more : text.less})`;
};
