import { createTransport } from 'nodemailer';
import { mailboxOf } from '../shared/email.ts';

export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly replyTo?: string | undefined;
  readonly calendar?: { readonly fileName: string; readonly text: string } | undefined;
}

export interface Mailer {
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

const calendarType = 'text/calendar; charset=utf-8; method=PUBLISH';

/** Letters follow each other on one connection: greeting a server anew takes longer than the letter. */
const keepingConnections = (smtpUrl: string): string => {
  const url = new URL(smtpUrl);
  if (!url.searchParams.has('pool')) url.searchParams.set('pool', 'true');
  return url.href;
};

/**
 * Sends over SMTP; the message id is the mail's own at our host, so that a repeat is recognised by the
 * receiver. No machine answers what a machine wrote.
 */
export const createMailer = (smtpUrl: string, from: string, publicUrl: string): Mailer => {
  const transport = createTransport(keepingConnections(smtpUrl));
  const host = new URL(publicUrl).hostname;
  return {
    send: async ({ id, to, subject, body, replyTo, calendar }) => {
      await transport.sendMail({
        from,
        to: { name: '', address: mailboxOf(to) },
        subject,
        text: body,
        messageId: `<${id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(replyTo ? { replyTo } : {}),
        ...(calendar
          ? {
              attachments: [
                {
                  filename: calendar.fileName,
                  content: calendar.text,
                  contentType: calendarType,
                },
              ],
            }
          : {}),
      });
    },
    close: () => transport.close(),
  };
};
