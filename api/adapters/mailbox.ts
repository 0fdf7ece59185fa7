import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface Mailbox {
  readonly smtpUrl: string;
  close(): Promise<void>;
}

/** A mail server of our own on loopback: the default start and the tests deliver to it over real SMTP. */
export const openMailbox = async (
  keep: (mail: ReceivedMail) => Promise<void>,
): Promise<Mailbox> => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    // Quoted dots ("taro..abc"@docomo.ne.jp) are addresses by the book; the strict reading refuses them.
    lenientAddressParsing: true,
    onData: (stream, session, done) => {
      void simpleParser(stream)
        .then((mail) =>
          keep({
            from: mail.from?.text ?? '',
            to: session.envelope.rcptTo.map((receiver) => receiver.address).join(', '),
            subject: mail.subject ?? '',
            body: (mail.text ?? '').trimEnd(),
          }),
        )
        .then(
          () => done(),
          (error: Error) => done(error),
        );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
