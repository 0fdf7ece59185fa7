import { defineErrors } from '../shared/error.ts';

export const policyErrors = defineErrors('policies', {
  unknown_class: {
    kind: 'missing',
    ja: 'この施設に、その種別の部屋はありません。利用条件の一覧からお選びください。',
    en: 'This venue has no rooms of that class. Please choose from its conditions of use.',
  },
  reminder_too_early: {
    kind: 'invalid',
    ja: '期限のお知らせは、仮予約の日数（{holdDays}日）より短い日数で入力してください。',
    en: 'Reminders must come within the {holdDays} days of a hold. Please enter fewer days.',
  },
});
