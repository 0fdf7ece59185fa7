import { z } from 'zod';
import { defineList, searchFilter, type Asked } from '../shared/lists.ts';

const mailboxMessageSchema = z
  .object({
    id: z.string(),
    receivedAt: z.string(),
    fromAddress: z.string(),
    toAddress: z.string(),
    subject: z.string(),
    body: z.string(),
  })
  .meta({ id: 'MailboxMessage' });

const received = { ja: '受信', en: 'Received' };

export const mailboxList = defineList({
  path: '/api/outbox/mailbox',
  row: mailboxMessageSchema,
  columns: [
    { name: 'receivedAt', label: received, format: 'instant', sort: 'receivedAt' },
    { name: 'fromAddress', label: { ja: '差出人', en: 'From' } },
    { name: 'toAddress', label: { ja: '宛先', en: 'To' } },
    { name: 'subject', label: { ja: '件名', en: 'Subject' }, isHead: true },
    { name: 'body', label: { ja: '本文', en: 'Text' } },
  ],
  filters: { query: searchFilter({ ja: '宛先・件名・本文', en: 'Recipient, subject or text' }) },
  sorts: { receivedAt: 'instant' },
  firstSort: '-receivedAt',
});

export type ListMailbox = Asked<typeof mailboxList>;
