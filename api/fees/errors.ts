import { defineErrors } from '#api/shared/error.ts';

export const feesErrors = defineErrors('fees', {
  no_tariff: {
    kind: 'invalid',
    ja: '{date}に適用する料金表がまだありません。別の日を選ぶか、施設の窓口へお問い合わせください。',
    en: 'There is no price list for {date} yet. Please choose another day or ask the venue.',
  },
  no_price: {
    kind: 'invalid',
    ja: 'この部屋のこの区分には料金が定められていません。別の区分を選ぶか、施設の窓口へお問い合わせください。',
    en: 'There is no price for this room in this band. Please choose another band or ask the venue.',
  },
  no_extra_price: {
    kind: 'invalid',
    ja: 'この部屋の冷房・暖房・有線LANのうち、料金の定めがないものがあります。外すか、施設の窓口へお問い合わせください。',
    en: 'There is no price for cooling, heating or wired LAN asked for here. Please leave it out or ask the venue.',
  },
  no_overtime_price: {
    kind: 'invalid',
    ja: 'この部屋の時間外の使用には料金が定められていません。時間外の時間を外すか、施設の窓口へお問い合わせください。',
    en: 'There is no price for out-of-hours use of this room. Please leave that time out or ask the venue.',
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
