import { defineErrors } from '#api/shared/error.ts';

export const feesErrors = defineErrors('fees', {
  no_tariff: {
    kind: 'invalid',
    ja: '{date}に適用する料金表がまだありません。別の日を選ぶか、施設の窓口へお問い合わせください。',
    en: 'There is no price list for {date} yet. Please choose another day or ask the venue.',
  },
  no_price: {
    kind: 'invalid',
    ja: '{placeJa}の{bandJa}は料金が定められていません。別の区分を選ぶか、施設の窓口へお問い合わせください。',
    en: 'There is no price for {placeEn}, {bandEn}. Please choose another band or ask the venue.',
  },
  no_extra_price: {
    kind: 'invalid',
    ja: '{placeJa}の{extraJa}は料金が定められていません。{extraJa}を外すか、施設の窓口へお問い合わせください。',
    en: 'There is no price for {extraEn} in {placeEn}. Please leave it out or ask the venue.',
  },
  unknown_band: {
    kind: 'invalid',
    ja: 'この施設に「{band}」という利用区分はありません。区分を選び直してください。',
    en: 'This venue has no band “{band}”. Please choose another one.',
  },
  other_venue: {
    kind: 'invalid',
    ja: '一つの見積に複数の施設は入れられません。施設ごとに分けて見積もってください。',
    en: 'One quote covers one venue. Please ask for a quote per venue.',
  },
  past_day: {
    kind: 'invalid',
    ja: '{date}は過ぎています。今日以降の日を選んでください。',
    en: '{date} has passed. Please choose today or a later day.',
  },
});
