import type { z } from 'zod';
import type {
  accountsSchema,
  importSchema,
  lineListSchema,
  lineSchema,
} from '#api/transfers/schema.ts';

export type BankAccounts = z.infer<typeof accountsSchema>['accounts'];
export type ImportView = z.infer<typeof importSchema>;
export type FileNoteView = ImportView['notes'][number];
export type LineRow = z.infer<typeof lineListSchema>['lines'][number];
export type LineView = z.infer<typeof lineSchema>;
export type ProposalView = LineView['proposals'][number];
export type DebtView = ProposalView['parts'][number]['debt'];
