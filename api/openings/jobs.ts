import { z } from 'zod';
import type { Context } from '../context.ts';
import { drawDueLotteries } from './actions/draw.ts';
import { keepLines, promoteLine } from './actions/line.ts';

const lotterySchema = z.object({ lotteryId: z.string() });

export const openingsJobs = {
  'openings.draw': (context: Context) => drawDueLotteries(context),
  'openings.keep': (context: Context) => keepLines(context),
  'openings.promote': (context: Context, payload: unknown) =>
    promoteLine(context, lotterySchema.parse(payload).lotteryId),
};
