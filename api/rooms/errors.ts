import { defineErrors } from '../shared/error.ts';

export const roomErrors = defineErrors('rooms', {
  unknown: {
    kind: 'missing',
    ja: 'この施設に「{room}」という部屋はありません。部屋の一覧からお選びください。',
    en: 'This venue has no room “{room}”. Please choose one from its list of rooms.',
  },
  not_in_venue: {
    kind: 'invalid',
    ja: 'この施設にない部屋が選ばれています。施設の部屋の一覧から選び直してください。',
    en: 'A room that this venue does not have was chosen. Please choose from its list of rooms.',
  },
  unknown_configuration: {
    kind: 'invalid',
    ja: '部屋にない使い方（面）が選ばれています。部屋の案内にある面から選び直してください。',
    en: 'A configuration that the room does not have was chosen. Please choose one shown with the room.',
  },
  capacity_exceeded: {
    kind: 'invalid',
    ja: '人数{attendance}人が定員{capacity}人を超えています。広い部屋か別の並べ方を選んでください。',
    en: '{attendance} people are more than the {capacity} the room takes. Please choose a larger room or another layout.',
  },
});
