import type { DocumentKind } from '../schema.ts';

const titles: Readonly<Record<DocumentKind, string>> = {
  approval_letter: '使用承認書',
  invoice: '請求書',
  receipt: '領収書',
  refusal_letter: '不承認通知書',
  quotation: '見積書',
  credit_note: '適格返還請求書',
  payment_notice: '納入通知書',
  dunning_letter: '督促状',
  payment_slip: '払込票',
  settlement_statement: '精算書',
};

/** `使用承認書_R08-BP-A-000001.pdf`. */
export const fileNameOf = (paper: { kind: DocumentKind; number: string }): string =>
  `${titles[paper.kind]}_${paper.number}.pdf`;

/** Tells the organizer that papers are there to be read and printed. */
export const papersMail = (
  papers: readonly { kind: DocumentKind; number: string }[],
  booking: { id: string; number: string; title: string },
  to: { name: string; publicUrl: string },
): { subject: string; body: string } => {
  const names = papers.map(({ kind }) => titles[kind]).join('と');
  return {
    subject: `【会館】${names}を発行しました（${booking.number}）`,
    body: [
      `${to.name} 様`,
      '',
      `「${booking.title}」の${names}を発行しました。予約のページからご覧いただき、保存または印刷してください。`,
      '',
      ...papers.map(({ kind, number }) => `${titles[kind]}：第 ${number} 号`),
      '',
      `予約のページ：${to.publicUrl}/bookings/${booking.id}`,
    ].join('\n'),
  };
};

/** Tells the organizer of an invoice over many bookings. */
export const combinedMail = (
  paper: { number: string },
  count: number,
  to: { name: string; publicUrl: string },
): { subject: string; body: string } => ({
  subject: `【会館】合算請求書を発行しました（${paper.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `請求${count}件をまとめた合算請求書（第 ${paper.number} 号）を発行しました。書類のページからご覧いただき、保存または印刷してください。`,
    '',
    `書類のページ：${to.publicUrl}/documents`,
  ].join('\n'),
});

/** Tells the organizer which paper holds from now on instead of which. */
export const correctedMail = (
  paper: { kind: DocumentKind; number: string },
  replaced: { number: string },
  to: { name: string; publicUrl: string },
): { subject: string; body: string } => ({
  subject: `【会館】${titles[paper.kind]}（訂正版）を発行しました（${paper.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `${titles[paper.kind]}の訂正版（第 ${paper.number} 号）を発行しました。第 ${replaced.number} 号は、この訂正版に差し替えられました。`,
    '',
    `書類のページ：${to.publicUrl}/documents`,
  ].join('\n'),
});
