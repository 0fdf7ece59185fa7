/** What people come for, and the seatings that serve it. */
export const purposes = {
  theatre: ['theatre'],
  school: ['school'],
  meeting: ['meeting', 'round_table'],
  banquet: ['banquet', 'round_table'],
  booths: ['booths'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Purpose = keyof typeof purposes;

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text);
