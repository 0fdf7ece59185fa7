import type { z } from 'zod';
import type {
  cancellationSchema,
  cancellationTermsSchema,
  outlookSchema,
} from '#api/cancellations/schema.ts';

type Shape = z.infer<typeof cancellationSchema>;

export type CancellationView = Omit<Shape, 'reasons' | 'steps'> & {
  readonly reasons: readonly Readonly<Shape['reasons'][number]>[];
  readonly steps: readonly Readonly<Shape['steps'][number]>[];
};

export type TermView = z.infer<typeof cancellationTermsSchema>['terms'][number];

type OutlookShape = z.infer<typeof outlookSchema>;

/** What a hold would mean, told before it is made. */
export type Outlook = Omit<OutlookShape, 'cancellation'> & {
  readonly cancellation: Omit<OutlookShape['cancellation'], 'steps'> & {
    readonly steps: readonly Readonly<OutlookShape['cancellation']['steps'][number]>[];
  };
};
