import type { InferRequestType } from 'hono/client';
import { deviate, deviationOf } from '#api/series/rules/changes.ts';
import { usesOn } from '#api/series/rules/dates.ts';
import { localDaySchema } from '#api/shared/time.ts';
import type { api } from '#web/api.ts';
import { readHoldFields, type HoldFields } from '#web/bookings/hold_form.ts';
import { roomOf } from '#web/fees/asked.ts';

export interface TemplateLine {
  readonly dayOffset: string;
  readonly configuration: string;
  readonly band: string;
  readonly phase: string;
  readonly layout: string;
}

export interface RuleFields {
  readonly kind: string;
  readonly weeks: string;
  readonly weekdays: readonly string[];
  readonly months: string;
  readonly nth: string;
  readonly weekday: string;
  readonly from: string;
  readonly until: string;
  readonly count: string;
  readonly dates: string;
}

/** The form of a series exactly as it was typed, with the choice for every date. */
export interface SeriesFields {
  readonly event: HoldFields;
  readonly lines: readonly TemplateLine[];
  readonly rule: RuleFields;
  readonly choices: Readonly<Record<string, string>>;
}

type Client = ReturnType<typeof api>;
type Body = InferRequestType<Client['api']['series']['$post']>['json'];
type Choices = NonNullable<Body['choices']>;

const linesMost = 20;

export const emptyTemplate: TemplateLine = {
  dayOffset: '0',
  configuration: '',
  band: '',
  phase: 'event',
  layout: '',
};

type Source = Pick<FormData, 'get' | 'has'> & { keys(): IterableIterator<string> };

const textIn = (source: Source, name: string) => {
  const value = source.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const lineIn = (source: Source, at: number): TemplateLine => {
  const text = (name: string) => textIn(source, `uses.${at}.${name}`);
  return {
    dayOffset: text('dayOffset') || '0',
    configuration: text('configuration'),
    band: text('band'),
    phase: text('phase') || 'event',
    layout: text('layout'),
  };
};

const ruleIn = (source: Source): RuleFields => {
  const text = (name: string) => textIn(source, `rule.${name}`);
  return {
    kind: text('kind') || 'weekly',
    weeks: text('weeks') || '1',
    weekdays: ['1', '2', '3', '4', '5', '6', '7'].filter((day) =>
      source.has(`rule.weekdays.${day}`),
    ),
    months: text('months') || '1',
    nth: text('nth') || '1',
    weekday: text('weekday') || '1',
    from: text('from'),
    until: text('until'),
    count: text('count'),
    dates: text('dates'),
  };
};

const choicePrefix = 'choice.';

const choicesIn = (source: Source): Record<string, string> =>
  Object.fromEntries(
    [...source.keys()]
      .filter((name) => name.startsWith(choicePrefix))
      .map((name) => [name.slice(choicePrefix.length), textIn(source, name)]),
  );

/** Reads a posted form or an address; both use the same names. */
export const readSeriesFields = (source: Source): SeriesFields => {
  const lines: TemplateLine[] = [];
  while (lines.length < linesMost && source.has(`uses.${lines.length}.configuration`)) {
    lines.push(lineIn(source, lines.length));
  }
  return {
    event: readHoldFields(source),
    lines: lines.length > 0 ? lines : [emptyTemplate],
    rule: ruleIn(source),
    choices: choicesIn(source),
  };
};

/** Everything but the choices as names and values: for hidden boxes and for addresses. */
export const seriesEntries = ({ event, lines, rule }: SeriesFields): [string, string][] => {
  const { weekdays, ...plain } = rule;
  return [
    ['venue', event.venue],
    ['organizationId', event.organizationId],
    ['title', event.title],
    ['purpose', event.purpose],
    ['attendance', event.attendance],
    ['admissionMaxYen', event.admissionMaxYen],
    ['isCommercial', event.isCommercial ? 'true' : ''],
    ['isPublic', event.isPublic ? 'true' : ''],
    ...lines.flatMap((line, at) =>
      Object.entries(line).map(([name, value]): [string, string] => [
        `uses.${at}.${name}`,
        String(value),
      ]),
    ),
    ...Object.entries(plain).map(([name, value]): [string, string] => [`rule.${name}`, value]),
    ...weekdays.map((day): [string, string] => [`rule.weekdays.${day}`, 'true']),
  ];
};

const bounds = ({ from, until, count }: RuleFields) => ({
  from,
  ...(until ? { until } : {}),
  ...(count ? { count } : {}),
});

const ruleBody = (rule: RuleFields): Body['rule'] => {
  switch (rule.kind) {
    case 'monthly_by_weekday':
      return {
        kind: 'monthly_by_weekday',
        interval: rule.months,
        nth: rule.nth,
        weekday: rule.weekday,
        ...bounds(rule),
      };
    case 'dates':
      return { kind: 'dates', dates: rule.dates.split(/[\s,、，]+/).filter(Boolean) };
    default:
      return {
        kind: 'weekly',
        interval: rule.weeks,
        weekdays: [...rule.weekdays],
        ...bounds(rule),
      };
  }
};

const usesBody = ({ lines, event }: SeriesFields): Body['uses'] =>
  lines.map((line) => ({
    room: roomOf(line.configuration),
    configuration: line.configuration,
    band: line.band,
    phase: line.phase as NonNullable<Body['uses'][number]['phase']>,
    dayOffset: line.dayOffset,
    ...(line.layout ? { layout: line.layout as NonNullable<Body['uses'][number]['layout']> } : {}),
    ...(event.attendance && line.phase === 'event' ? { attendance: event.attendance } : {}),
  }));

/** What a box of choices means; an empty one leaves the date as planned. */
const choiceBody = (
  uses: Body['uses'],
  date: string,
  choice: string,
): Choices[string] | undefined => {
  if (choice === 'skip') return { kind: 'skip' };
  const deviation = deviationOf(choice);
  const day = localDaySchema.safeParse(date);
  if (!deviation || !day.success) return undefined;
  const template = uses.map((use) => ({ ...use, dayOffset: Number(use.dayOffset) }));
  const planned = usesOn(template, day.data) as unknown as Parameters<typeof deviate>[0];
  return {
    kind: 'other',
    uses: deviate(planned, deviation, day.data) as Extract<
      Choices[string],
      { kind: 'other' }
    >['uses'],
  };
};

export const seriesBody = (fields: SeriesFields): Body => {
  const { event } = fields;
  const uses = usesBody(fields);
  const choices = Object.entries(fields.choices).flatMap(([date, choice]) => {
    const body = choiceBody(uses, date, choice);
    return body ? [[date, body] as const] : [];
  });
  return {
    venue: event.venue,
    organizationId: event.organizationId,
    title: event.title,
    purpose: event.purpose,
    isCommercial: event.isCommercial,
    isPublic: event.isPublic,
    ...(event.attendance ? { attendance: event.attendance } : {}),
    ...(event.admissionMaxYen ? { admissionMaxYen: event.admissionMaxYen } : {}),
    uses,
    rule: ruleBody(fields.rule),
    choices: Object.fromEntries(choices),
  };
};
