import type { Layout, RoomClass } from '#api/rooms/schema.ts';

interface Served {
  readonly layouts: readonly Layout[];
  readonly roomClass?: RoomClass;
}

/** What people come for, and the seatings and the kind of room that serve it. */
export const purposes = {
  theatre: { layouts: ['theatre'] },
  school: { layouts: ['school'] },
  meeting: { layouts: ['meeting', 'round_table'] },
  banquet: { layouts: ['banquet', 'round_table'] },
  booths: { layouts: ['booths'] },
  outdoor: { layouts: ['booths'], roomClass: 'outdoor' },
} as const satisfies Readonly<Record<string, Served>>;

export type Purpose = keyof typeof purposes;

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text);

/** What a purpose asks of a room; nothing where none was chosen. */
export const servedBy = (purpose: string): Served =>
  isPurpose(purpose) ? purposes[purpose] : { layouts: [] };
