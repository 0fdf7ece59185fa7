import { defineErrors } from '../shared/error.ts';

export const cancellationErrors = defineErrors('cancellations', {
  figure_changed: {
    kind: 'conflict',
    ja: '表示していた取消料が変わりました。いまの取消料は{keptYen}円です。金額を確かめてから、もう一度お手続きください。',
    en: 'The cancellation fee has changed since it was shown. It is ¥{keptYen} now. Please check it and confirm once more.',
  },
});
