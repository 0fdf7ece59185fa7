import { defineErrors } from '../shared/error.ts';

export const reductionErrors = defineErrors('reductions', {
  unknown: {
    kind: 'missing',
    ja: '減免の申請が見つかりません。予約のページからご確認ください。',
    en: 'This application for a reduction was not found. Please see the page of the booking.',
  },
  unknown_ground: {
    kind: 'invalid',
    ja: '選ばれた減免の事由は、この施設の利用条件にありません。一覧から選び直してください。',
    en: 'This ground of reduction is not among the conditions of the venue. Please choose one of its list.',
  },
  commercial_excluded: {
    kind: 'invalid',
    ja: '営利・営業を目的とする使用は、この事由の減免の対象になりません。',
    en: 'Use for a commercial purpose cannot have a reduction on this ground.',
  },
  already_applied: {
    kind: 'conflict',
    ja: 'この予約には、審査中または承認済みの減免の申請があります。その結果をご確認ください。',
    en: 'This booking has an application for a reduction already. Please see how it stands.',
  },
  too_late: {
    kind: 'conflict',
    ja: '減免は、最初の使用が始まるまでに申請し、決定する必要があります。窓口へご相談ください。',
    en: 'A reduction is applied for and decided before the first use begins. Please talk to the venue.',
  },
  not_in_this_state: {
    kind: 'conflict',
    ja: 'この予約の今の状態では、減免を申請できません。予約のページで状態をご確認ください。',
    en: 'A reduction cannot be applied for in the booking’s present state. Please check its page.',
  },
  already_decided: {
    kind: 'conflict',
    ja: 'この減免の申請は、すでに終わっています。ページを再読み込みして、結果をご確認ください。',
    en: 'This application has ended already. Please reload the page and see the outcome.',
  },
  reason_required: {
    kind: 'invalid',
    ja: '理由を入力してください。利用者へのお知らせと記録に残ります。',
    en: 'Please give a reason. It is told to the organizer and kept on record.',
  },
});
