import type { z } from 'zod';
import type { blocksSchema, debtSchema, receivablesSchema } from '#api/receivables/schema.ts';

export type Receivables = z.infer<typeof receivablesSchema>;
export type Debt = z.infer<typeof debtSchema>;
export type Blocks = z.infer<typeof blocksSchema>;
