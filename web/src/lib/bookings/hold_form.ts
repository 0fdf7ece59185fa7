import type { AskedUse } from '#api/fees/schema.ts';
import { addDays, localDaySchema } from '#api/shared/time.ts';
import {
  askedBody,
  askedQuery,
  emptyLine,
  readAsked,
  type Asked,
  type AskedLine,
} from '#web/fees/asked.ts';

/** The hold form exactly as it was typed: whatever the answer is, nothing of it is lost. */
export interface HoldFields extends Asked {
  readonly organizationId: string;
  readonly title: string;
  readonly purpose: string;
  readonly isPublic: boolean;
  /** Why staff let the booking in before its period opens. */
  readonly priorityReason: string;
}

type Source = Pick<FormData, 'get' | 'has'>;

const textOf = (source: Source, name: string) => {
  const value = source.get(name);
  return typeof value === 'string' ? value : '';
};

/** Reads a posted form or the query of a quote page; both use the same names. */
export const readHoldFields = (source: Source): HoldFields => {
  const asked = readAsked(source);
  return {
    ...asked,
    uses: asked.uses.length > 0 ? asked.uses : [emptyLine],
    organizationId: textOf(source, 'organizationId'),
    title: textOf(source, 'title'),
    purpose: textOf(source, 'purpose'),
    isPublic: textOf(source, 'isPublic') === 'true',
    priorityReason: textOf(source, 'priorityReason'),
  };
};

const dayAfter = (date: string) => {
  const day = localDaySchema.safeParse(date);
  return day.success ? addDays(day.data, 1) : '';
};

/** The new line is the last one, a day later: events run on from day to day. */
export const addUse = (fields: HoldFields): HoldFields => {
  const last = fields.uses.at(-1) ?? emptyLine;
  return { ...fields, uses: [...fields.uses, { ...last, date: dayAfter(last.date) }] };
};

export const removeUse = (fields: HoldFields, index: number): HoldFields => {
  const uses = fields.uses.filter((_, at) => at !== index);
  return { ...fields, uses: uses.length > 0 ? uses : [emptyLine] };
};

/** Puts an offered alternative in place of the line that is taken. */
export const chooseAlternative = (
  fields: HoldFields,
  index: number,
  choice: Pick<AskedLine, 'configuration' | 'date' | 'band'>,
): HoldFields => ({
  ...fields,
  uses: fields.uses.map((use, at) => (at === index ? { ...use, ...choice } : use)),
});

/** Enough is chosen for a price; half a line would only earn complaints. */
export const isQuotable = ({ uses }: HoldFields): boolean =>
  uses.every(({ configuration, date, band }) => configuration !== '' && date !== '' && band !== '');

const pricing = /^(uses\.|admissionMaxYen|isCommercial|organizationId)/;

/** Whether a change of this field asks for a new price: once every line is whole. */
export const isWorthPricing = (name: string, typed: Source): boolean =>
  (name === '' || pricing.test(name)) && isQuotable(readHoldFields(typed));

/** The same fields as a query: a way out of the form and back loses nothing. */
export const holdQuery = (fields: HoldFields): string => {
  const query = new URLSearchParams(askedQuery(fields));
  for (const name of ['organizationId', 'title', 'purpose', 'priorityReason'] as const)
    if (fields[name]) query.set(name, fields[name]);
  if (fields.isPublic) query.set('isPublic', 'true');
  return query.toString();
};

/** An address longer than this is cut off on its way: what was typed stays in the page alone then. */
const addressMost = 6_000;

/** The page of the form with what was typed, or with only what is priced where that is too long. */
export const holdAddress = ({ pathname }: Pick<URL, 'pathname'>, fields: HoldFields): string => {
  const whole = `${pathname}?${holdQuery(fields)}`;
  return whole.length <= addressMost ? whole : `${pathname}?${askedQuery(fields)}`;
};

/** Words the API does not know come back as sentences of their fields. */
const trusted = (fields: HoldFields) => {
  const body = askedBody(fields);
  return {
    ...body,
    uses: body.uses as ((typeof body.uses)[number] & Pick<AskedUse, 'phase' | 'layout'>)[],
  };
};

export const quoteBody = (fields: HoldFields, customerClass: Asked['customerClass']) => ({
  ...trusted(fields),
  customerClass,
});

export const holdBody = (fields: HoldFields) => {
  const { customerClass: _class, ...asked } = trusted(fields);
  return {
    ...asked,
    organizationId: fields.organizationId,
    title: fields.title,
    purpose: fields.purpose,
    isPublic: fields.isPublic,
    ...(fields.attendance ? { attendance: fields.attendance } : {}),
    ...(fields.priorityReason.trim() ? { priorityReason: fields.priorityReason } : {}),
  };
};
