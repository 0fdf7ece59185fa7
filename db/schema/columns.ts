import { customType, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { z } from 'zod';

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Whether the operator has published a figure, or we had to derive one to have a working system. */
export const publication = () =>
  text('publication', { enum: ['published', 'provisional'] }).notNull();

export interface InstantRange {
  readonly from: Date;
  readonly until: Date;
}

/** Half-open `[from, until)`. */
export const instantRange = customType<{ data: InstantRange; driverData: string }>({
  dataType: () => 'tstzrange',
  toDriver: ({ from, until }) => `[${from.toISOString()},${until.toISOString()})`,
  fromDriver: (raw) => {
    const bounds = /^[[(]"?([^",]+)"?,"?([^",]+)"?[\])]$/.exec(raw);
    if (!bounds) throw new RangeError(`not a bounded range: ${raw}`);
    return { from: new Date(bounds[1]!), until: new Date(bounds[2]!) };
  },
});

/** The field of a JSON value that says by which version of its schema it was written. */
const mark = '$version';
const beside = '$value';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only an object has room for the mark; what is none stands beside it. */
const marked = (value: unknown, version: number) =>
  isObject(value) ? { ...value, [mark]: version } : { [mark]: version, [beside]: value };

const unmarked = (raw: unknown): { readonly version: number; readonly value: unknown } => {
  if (!isObject(raw) || !(mark in raw)) return { version: 1, value: raw };
  const { [mark]: version, ...value } = raw;
  return { version: Number(version), value: beside in value ? value[beside] : value };
};

/**
 * JSON of a schema: parsed on reading, written only as it could be read again, with its version; one
 * without is the first. Each of `upgrades` makes of a value of one version a value of the next.
 */
export const versionedJson = <Value>(
  name: string,
  schema: z.ZodType<Value>,
  upgrades: readonly ((older: unknown) => unknown)[] = [],
) => {
  const present = upgrades.length + 1;
  const parse = (value: unknown, version: number): Value => {
    if (!(version >= 1 && version <= present))
      throw new RangeError(`${name} is of version ${version}; this program knows ${present}`);
    return schema.parse(upgrades.slice(version - 1).reduce((older, next) => next(older), value));
  };
  return customType<{ data: Value; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => {
      const text = JSON.stringify(marked(value, present));
      const written = unmarked(JSON.parse(text));
      parse(written.value, written.version);
      return text;
    },
    fromDriver: (raw) => {
      const { value, version } = unmarked(raw);
      return parse(value, version);
    },
  })(name);
};

/** JSON that has no schema of ours: told as it came, and nothing is read from it by type. */
export const anyJson = (name: string) => jsonb(name);
