import type { z } from 'zod';
import type { affectedSchema, closurePreviewSchema, closureSchema } from '#api/closures/schema.ts';

export type AffectedView = z.infer<typeof affectedSchema>;
export type AffectedUse = AffectedView['uses'][number];
export type ClosurePreview = z.infer<typeof closurePreviewSchema>;
export type ClosureRow = z.infer<typeof closureSchema>;

/** A closure whose letters are still to leave can be put back. */
export const stateOf = (closure: ClosureRow): 'waiting' | 'in_force' | 'undone' => {
  if (closure.state === 'undone') return 'undone';
  return closure.lettersLeaveAt && !closure.lettersSentAt ? 'waiting' : 'in_force';
};
