import { addDays, localDaySchema } from '#api/shared/time.ts';

/** One line of the form exactly as it was typed. */
export interface UseFields {
  configuration: string;
  date: string;
  band: string;
  phase: string;
  layout: string;
  coolingHours: string;
  heatingHours: string;
  wiredLan: boolean;
}

/** The hold form exactly as it was typed: whatever the answer is, nothing of it is lost. */
export interface HoldFields {
  venue: string;
  organizationId: string;
  title: string;
  purpose: string;
  attendance: string;
  admissionMaxYen: string;
  isCommercial: boolean;
  isPublic: boolean;
  uses: UseFields[];
}

export interface Choice {
  readonly configurationId: string;
  readonly date: string;
  readonly band: string;
}

const emptyUse: UseFields = {
  configuration: '',
  date: '',
  band: '',
  phase: 'event',
  layout: '',
  coolingHours: '',
  heatingHours: '',
  wiredLan: false,
};

type Source = Pick<FormData, 'get' | 'has' | 'keys'>;

const textOf = (source: Source, name: string, otherwise = '') => {
  const value = source.get(name);
  return typeof value === 'string' ? value : otherwise;
};

const useIndexes = (source: Source): number[] => {
  const indexes = new Set<number>();
  for (const key of source.keys()) {
    const index = /^uses\.(\d{1,3})\./.exec(key)?.[1];
    if (index !== undefined) indexes.add(Number(index));
  }
  return [...indexes].sort((one, other) => one - other);
};

const readUse = (source: Source, index: number): UseFields => ({
  // A quote page may name the room alone; its whole configuration is then meant.
  configuration:
    textOf(source, `uses.${index}.configuration`) || textOf(source, `uses.${index}.room`),
  date: textOf(source, `uses.${index}.date`),
  band: textOf(source, `uses.${index}.band`),
  phase: textOf(source, `uses.${index}.phase`, 'event'),
  layout: textOf(source, `uses.${index}.layout`),
  coolingHours: textOf(source, `uses.${index}.coolingHours`),
  heatingHours: textOf(source, `uses.${index}.heatingHours`),
  wiredLan: isTicked(source, `uses.${index}.wiredLan`),
});

const isTicked = (source: Source, name: string) =>
  source.has(name) && !['', 'false'].includes(textOf(source, name));

/** Reads a posted form or the query of a quote page; both use the same names. */
export const readHoldFields = (source: Source): HoldFields => {
  const uses = useIndexes(source).map((index) => readUse(source, index));
  return {
    venue: textOf(source, 'venue'),
    organizationId: textOf(source, 'organizationId'),
    title: textOf(source, 'title'),
    purpose: textOf(source, 'purpose'),
    attendance: textOf(source, 'attendance'),
    admissionMaxYen: textOf(source, 'admissionMaxYen'),
    isCommercial: isTicked(source, 'isCommercial'),
    isPublic: isTicked(source, 'isPublic'),
    uses: uses.length > 0 ? uses : [{ ...emptyUse }],
  };
};

const dayAfter = (date: string) => {
  const day = localDaySchema.safeParse(date);
  return day.success ? addDays(day.data, 1) : '';
};

/** The new line is the last one, a day later: events run on, and set-up comes the day before. */
export const addUse = (fields: HoldFields): HoldFields => {
  const last = fields.uses.at(-1) ?? emptyUse;
  return { ...fields, uses: [...fields.uses, { ...last, date: dayAfter(last.date) }] };
};

export const removeUse = (fields: HoldFields, index: number): HoldFields => {
  const uses = fields.uses.filter((_, at) => at !== index);
  return { ...fields, uses: uses.length > 0 ? uses : [{ ...emptyUse }] };
};

/** Puts an offered alternative in place of the line that is taken. */
export const chooseAlternative = (
  fields: HoldFields,
  index: number,
  choice: Choice,
): HoldFields => ({
  ...fields,
  uses: fields.uses.map((use, at) =>
    at === index
      ? { ...use, configuration: choice.configurationId, date: choice.date, band: choice.band }
      : use,
  ),
});

const filled = <Key extends string>(key: Key, value: string) =>
  value.trim() === '' ? {} : ({ [key]: value } as Record<Key, string>);

/** The uses as the API asks for them; `roomOf` finds the room of a configuration. */
export const askedUses = (
  fields: HoldFields,
  roomOf: (configurationId: string) => string | undefined,
) =>
  fields.uses.map((use) => ({
    room: roomOf(use.configuration) ?? use.configuration,
    ...filled('configuration', use.configuration),
    date: use.date,
    band: use.band,
    phase: use.phase,
    ...filled('layout', use.layout),
    ...filled('attendance', fields.attendance),
    ...filled('coolingHours', use.coolingHours),
    ...filled('heatingHours', use.heatingHours),
    wiredLan: use.wiredLan,
  }));

/** The same fields as a query: a way out of the form and back loses nothing. */
export const holdQuery = (fields: HoldFields): string => {
  const query = new URLSearchParams();
  const put = (name: string, value: string | boolean) => {
    if (value !== '' && value !== false) query.set(name, String(value));
  };
  const { uses, ...rest } = fields;
  for (const [name, value] of Object.entries(rest)) put(name, value);
  for (const [index, use] of uses.entries())
    for (const [name, value] of Object.entries(use)) put(`uses.${index}.${name}`, value);
  return query.toString();
};
