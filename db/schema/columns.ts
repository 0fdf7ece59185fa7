import { customType, text, timestamp } from 'drizzle-orm/pg-core';

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
