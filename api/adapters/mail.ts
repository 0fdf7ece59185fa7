import { createTransport } from 'nodemailer';

export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface Mailer {
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** Sends over SMTP; the message id is the mail's own, so that a repeat is recognised by the receiver. */
export const createMailer = (smtpUrl: string, from: string): Mailer => {
  const transport = createTransport(smtpUrl);
  return {
    send: async ({ id, to, subject, body }) => {
      await transport.sendMail({ from, to, subject, text: body, messageId: `<${id}@kaikan>` });
    },
    close: () => transport.close(),
  };
};
