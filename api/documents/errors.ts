import { defineErrors } from '../shared/error.ts';

export const documentErrors = defineErrors('documents', {
  unknown: {
    kind: 'missing',
    ja: '書類が見つかりません。予約のページから開き直してください。',
    en: 'This document was not found. Please open it again from the page of the booking.',
  },
  unknown_code: {
    kind: 'missing',
    ja: 'この確認コードの書類は見つかりません。書類のQRコードの下にある20文字を、もう一度確かめてください。それでも見つからないときは、書類に記された会館へお問い合わせください。',
    en: 'No paper has this code. Please check the 20 characters below the QR code of the paper; if it still is not found, ask the venue named on it.',
  },
  does_not_hold: {
    kind: 'conflict',
    ja: 'この書類はすでに差し替えられたか、取り消されています。書類の一覧を開き直して、今有効な書類を選んでください。',
    en: 'This paper has been replaced or taken back already. Please open the list of papers again and choose the one that holds.',
  },
  not_correctable: {
    kind: 'invalid',
    ja: '払込票と督促状は訂正できません。払込票は新しく作ってください。',
    en: 'Slips and dunning letters cannot be corrected. Please make a new slip.',
  },
  no_proviso: {
    kind: 'invalid',
    ja: '但し書きがあるのは領収書だけです。但し書きを空欄にしてください。',
    en: 'Only receipts have a proviso. Please leave it empty.',
  },
  nothing_to_correct: {
    kind: 'invalid',
    ja: '訂正するところがありません。新しい宛名か但し書きを入力してください。',
    en: 'There is nothing to correct. Please give another addressee or proviso.',
  },
  letters_missing: {
    kind: 'invalid',
    ja: '書類に印刷できない文字「{letters}」が「{text}」にあります。別の文字に直すと、発行できます。',
    en: 'The papers cannot print “{letters}” in “{text}”. Please write it with other letters; then the paper can be issued.',
  },
  no_longer_offered: {
    kind: 'conflict',
    ja: 'この予約は終わっているため、見積書は発行できません。あらためて空きを探してお申し込みください。',
    en: 'This booking has ended, so there is nothing to quote. Please look for a free day and book anew.',
  },
  nothing_due: {
    kind: 'conflict',
    ja: 'この予約に納入いただく金額はありません。請求の状態をご確認ください。',
    en: 'There is nothing to pay for this booking. Please check what is charged.',
  },
  slip_too_high: {
    kind: 'invalid',
    ja: 'コンビニの払込票は30万円までです。納入通知書による銀行振込か、クレジットカードをご案内ください。',
    en: 'A convenience-store slip takes at most ¥300,000. Please offer a bank transfer by payment notice, or a card.',
  },
  slip_not_contracted: {
    kind: 'invalid',
    ja: '収納代行会社の企業コードが設定されていないため、払込票を作れません。管理者に設定（SLIP_COMPANY_CODE）を依頼してください。',
    en: 'The company code of the collecting agency is not set, so no slip can be made. Please ask your administrator to set SLIP_COMPANY_CODE.',
  },
});
