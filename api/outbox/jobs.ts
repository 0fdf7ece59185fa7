import { z } from 'zod';
import type { Context } from '../context.ts';
import { sendMail } from './actions.ts';

const sendMailPayload = z.object({ mailId: z.string() });

export const outboxJobs = {
  'outbox.send_mail': (context: Context, payload: unknown) =>
    sendMail(context, sendMailPayload.parse(payload).mailId),
};
