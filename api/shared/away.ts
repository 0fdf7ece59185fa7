/** Whether the database was away, at the bottom of an error; who caught it on the way may have wrapped it. */
export const isDatabaseAway = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'DatabaseAway' || isDatabaseAway(error.cause));
