import { defineErrors } from '../shared/error.ts';

export const roomErrors = defineErrors('rooms', {
  unknown: {
    kind: 'missing',
    ja: 'この施設に「{room}」という部屋はありません。部屋の一覧からお選びください。',
    en: 'This venue has no room “{room}”. Please choose one from its list of rooms.',
  },
});
