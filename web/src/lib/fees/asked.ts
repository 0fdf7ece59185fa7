/** What a person asks a price for, as it stands in the address of the page. */
export interface Asked {
  readonly venue: string;
  readonly uses: readonly AskedLine[];
  readonly admissionMaxYen: string;
  readonly attendance: string;
  readonly isCommercial: boolean;
  readonly customerClass: 'standard' | 'sme';
}

export interface AskedLine {
  readonly configuration: string;
  readonly date: string;
  readonly band: string;
  readonly phase: string;
  readonly layout: string;
  readonly earlyHours: string;
  readonly lateHours: string;
  readonly coolingHours: string;
  readonly heatingHours: string;
  readonly wiredLan: boolean;
}

const linesAtMost = 100;

export const emptyLine: AskedLine = {
  configuration: '',
  date: '',
  band: '',
  phase: 'event',
  layout: '',
  earlyHours: '',
  lateHours: '',
  coolingHours: '',
  heatingHours: '',
  wiredLan: false,
};

interface Fields {
  get(name: string): unknown;
  has(name: string): boolean;
}

const textIn = (fields: Fields, name: string) => {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const lineIn = (fields: Fields, at: number): AskedLine => {
  const text = (name: string) => textIn(fields, `uses.${at}.${name}`);
  return {
    configuration: text('configuration'),
    date: text('date'),
    band: text('band'),
    phase: text('phase') || 'event',
    layout: text('layout'),
    earlyHours: text('earlyHours'),
    lateHours: text('lateHours'),
    coolingHours: text('coolingHours'),
    heatingHours: text('heatingHours'),
    wiredLan: text('wiredLan') === 'true',
  };
};

/** Reads the fields of a form or the query of an address; `uses.0.date` is the API's own path. */
export const readAsked = (fields: Fields): Asked => {
  const uses: AskedLine[] = [];
  while (uses.length < linesAtMost && fields.has(`uses.${uses.length}.configuration`)) {
    uses.push(lineIn(fields, uses.length));
  }
  return {
    venue: textIn(fields, 'venue'),
    uses,
    admissionMaxYen: textIn(fields, 'admissionMaxYen'),
    attendance: textIn(fields, 'attendance'),
    isCommercial: textIn(fields, 'isCommercial') === 'true',
    customerClass: textIn(fields, 'customerClass') === 'sme' ? 'sme' : 'standard',
  };
};

/** The buttons of the form: one more line after the last, or one line less. */
export const changeLines = (uses: readonly AskedLine[], act: string): readonly AskedLine[] => {
  if (act === 'add') {
    return [
      ...uses,
      {
        ...(uses.at(-1) ?? emptyLine),
        date: '',
        earlyHours: '',
        lateHours: '',
        coolingHours: '',
        heatingHours: '',
      },
    ];
  }
  const removed = /^remove-(\d+)$/.exec(act)?.[1];
  return removed === undefined ? uses : uses.filter((_, at) => at !== Number(removed));
};

/** `big-palette.exhibition-hall.a+b` stands in the room `big-palette.exhibition-hall`. */
export const roomOf = (configurationId: string): string => configurationId.replace(/\.[^.]*$/, '');

const lineBody = (line: AskedLine, attendance: string) => ({
  room: roomOf(line.configuration),
  configuration: line.configuration,
  date: line.date,
  band: line.band,
  ...(line.phase ? { phase: line.phase } : {}),
  ...(line.layout ? { layout: line.layout } : {}),
  ...(attendance && line.phase === 'event' ? { attendance } : {}),
  ...(line.earlyHours ? { earlyHours: line.earlyHours } : {}),
  ...(line.lateHours ? { lateHours: line.lateHours } : {}),
  ...(line.coolingHours ? { coolingHours: line.coolingHours } : {}),
  ...(line.heatingHours ? { heatingHours: line.heatingHours } : {}),
  wiredLan: line.wiredLan,
});

/** The body of a quote, and the priced part of a booking's; numbers stay as typed. */
export const askedBody = (asked: Asked) => ({
  venue: asked.venue,
  uses: asked.uses.map((line) => lineBody(line, asked.attendance)),
  ...(asked.admissionMaxYen ? { admissionMaxYen: asked.admissionMaxYen } : {}),
  isCommercial: asked.isCommercial,
  customerClass: asked.customerClass,
});

const lineEntries = (line: AskedLine, at: number): [string, string][] =>
  Object.entries(line).map(([name, value]) => [
    `uses.${at}.${name}`,
    value === false ? '' : String(value),
  ]);

/** The same wish as a query, for a link to the next page. */
export const askedQuery = (asked: Asked): string => {
  const entries: [string, string][] = [
    ['venue', asked.venue],
    ['attendance', asked.attendance],
    ['admissionMaxYen', asked.admissionMaxYen],
    ['isCommercial', asked.isCommercial ? 'true' : ''],
    ['customerClass', asked.customerClass === 'sme' ? 'sme' : ''],
    ...asked.uses.flatMap(lineEntries),
  ];
  const kept = entries.filter(([name, value]) => value !== '' || name.endsWith('.configuration'));
  return new URLSearchParams(kept).toString();
};

/** A link that asks the price of one configuration, on one day and band where they are known. */
export const quoteHref = (
  venueId: string,
  wish: Partial<AskedLine> & { readonly configuration: string },
  attendance = '',
): string =>
  `/quote?${askedQuery({
    venue: venueId,
    uses: [{ ...emptyLine, ...wish }],
    attendance,
    admissionMaxYen: '',
    isCommercial: false,
    customerClass: 'standard',
  })}`;
