import type { LocalDay } from '../../shared/time.ts';
import type { AccountEntries, AccountKind, Entry, ReadEntry, ToldAccount } from './entry.ts';
import { yenMost } from './entry.ts';
import { wrongField, type Fields, type Line } from './records.ts';

const kindOf: Readonly<Record<string, AccountKind>> = {
  '1': 'ordinary',
  '2': 'current',
  '4': 'savings',
};

const withoutFill = (number: string) => number.replace(/^[0 ]+(?=\d{7})/, '');

/** Whose account a header is about; nothing else of it is read for an account that is not ours. */
export const toldAccount = (line: Line, fields: Fields): ToldAccount => ({
  lineNumber: line.number,
  bankCode: fields.text('bankCode'),
  branchCode: fields.text('branchCode'),
  kindCode: fields.text('accountKind'),
  number: withoutFill(fields.text('number').trim()),
});

/** Where money can be transferred to: nobody else's account is ours. */
export const kindOfAccount = ({ kindCode }: ToldAccount): AccountKind | undefined =>
  kindOf[kindCode];

type Known = Omit<AccountEntries, 'entries' | 'kind'>;

/** The days of a header; where the bank leaves them out, those of its entries. */
export const readSpan = (
  line: Line,
  fields: Fields,
  { entries, today }: { readonly entries: readonly Entry[]; readonly today: LocalDay },
): Known => {
  fields.oneOf('codeKind', ['', '0']);
  const days = entries.map(({ bookedOn }) => bookedOn).sort();
  const firstOn = fields.optionalDay('firstOn') ?? days[0] ?? today;
  const lastOn = fields.optionalDay('lastOn') ?? days.at(-1) ?? firstOn;
  if (lastOn < firstOn) {
    const expected = { ja: `勘定日(自) ${firstOn}以後の日`, en: `a day not before ${firstOn}` };
    throw wrongField(line, fields.fieldOf('lastOn'), lastOn, expected);
  }
  const { lineNumber, bankCode, branchCode, number } = toldAccount(line, fields);
  return { lineNumber, bankCode, branchCode, number, firstOn, lastOn };
};

type Said = Pick<Entry, 'isIncoming' | 'isCancelled' | 'amountYen' | 'message'>;

/** An entry needs a day and an amount; without, it counts in the sums of the file and is named. */
export const readEntry = (line: Line, fields: Fields, said: Said): ReadEntry => {
  const { isIncoming, isCancelled, amountYen } = said;
  const counted = { isIncoming, isCancelled, amountYen };
  const skip = (field: 'bookedOn' | 'amount', found: string): ReadEntry => ({
    ...counted,
    used: undefined,
    note: { kind: 'entry_skipped', lineNumber: line.number, field, found, amountYen },
  });
  const valueOn = fields.readableDay('valueOn');
  const bookedOn = fields.isBlank('bookedOn') ? valueOn : fields.readableDay('bookedOn');
  if (!bookedOn) return skip('bookedOn', fields.text('bookedOn'));
  const isOurs = isIncoming && !isCancelled;
  if (amountYen === 0 || (isOurs && amountYen > yenMost)) return skip('amount', String(amountYen));
  const used = {
    ...said,
    lineNumber: line.number,
    reference: fields.text('reference').trim(),
    bookedOn,
    valueOn: valueOn ?? bookedOn,
    payerCode: fields.text('payerCode').trim(),
    payerName: fields.text('payerName'),
    bankName: fields.text('bankName'),
    branchName: fields.text('branchName'),
  };
  return { ...counted, used, note: undefined };
};
