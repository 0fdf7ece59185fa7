import type { z } from 'zod';
import type { cancellationSchema, cancellationTermsSchema } from '#api/cancellations/schema.ts';

type Shape = z.infer<typeof cancellationSchema>;

export type CancellationView = Omit<Shape, 'reasons' | 'steps'> & {
  readonly reasons: readonly Readonly<Shape['reasons'][number]>[];
  readonly steps: readonly Readonly<Shape['steps'][number]>[];
};

export type TermView = z.infer<typeof cancellationTermsSchema>['terms'][number];
