import { defineErrors } from '../shared/error.ts';

export const httpErrors = defineErrors('http', {
  invalid_input: {
    kind: 'malformed',
    ja: '入力内容に誤りがあります。印のついた項目をご確認ください。',
    en: 'Some of the input is not right. Please check the marked fields.',
  },
  malformed_json: {
    kind: 'malformed',
    ja: '送信された内容をJSONとして読み取れませんでした。形式をご確認ください。',
    en: 'The request body is not valid JSON. Please check its form.',
  },
  not_found: {
    kind: 'missing',
    ja: 'お探しのページまたはデータは見つかりませんでした。アドレスをご確認ください。',
    en: 'Nothing was found at this address. Please check it.',
  },
  cross_site: {
    kind: 'forbidden',
    ja: '別のサイトからの送信は受け付けられません。会館のページからやり直してください。',
    en: 'Requests from another site are not accepted. Please start from our own page.',
  },
  too_large: {
    kind: 'too_large',
    ja: '送信された内容が大きすぎます。1MB以内にしてください。',
    en: 'The request is too large. Please keep it within 1 MB.',
  },
  too_many: {
    kind: 'limited',
    ja: '短い時間に多くのお問い合わせを受けました。{seconds}秒ほど待ってから、もう一度お試しください。',
    en: 'There were many requests within a short time. Please wait about {seconds} seconds and try again.',
  },
  unknown_protocol: {
    kind: 'malformed',
    ja: '前段のサーバーのX-Forwarded-Protoを読み取れません。httpかhttpsを送るように設定してください。',
    en: 'The X-Forwarded-Proto of the server in front is neither http nor https. Please correct its settings.',
  },
  idempotency_key_reused: {
    kind: 'invalid',
    ja: 'すでに送られた内容と違う内容が同じ送信として届きました。ページを開き直して、もう一度お送りください。',
    en: 'Other content has already been sent as this same request. Please open the page again and send it once more; programs send a new Idempotency-Key.',
  },
  idempotency_key_busy: {
    kind: 'conflict',
    ja: '同じ操作を処理しています。しばらく待ってから結果をご確認ください。',
    en: 'The same operation is still running. Please wait a moment and look at its result.',
  },
  idempotency_key_malformed: {
    kind: 'malformed',
    ja: 'この送信を受け付けられませんでした。ページを開き直して、もう一度お送りください。',
    en: 'This could not be accepted. Please open the page again and send it once more; programs send an Idempotency-Key of 1 to 255 printable ASCII characters.',
  },
  unavailable: {
    kind: 'unavailable',
    ja: 'ただいま一時的に応答できません。少し待ってから、もう一度お試しください。送信の途中だった場合は、受け付けられているかを先にご確認ください。',
    en: 'We cannot answer just now. Please wait a moment and try again; if you were sending something, first look whether it has arrived.',
  },
  unexpected: {
    kind: 'unexpected',
    ja: '予期しない問題が起きました。時間をおいてやり直し、続く場合は受付番号を添えてご連絡ください。',
    en: 'Something went wrong on our side. Please try again later; if it persists, tell us the request id.',
  },
});

/** Sentences of single fields; `params` of the issue fill the braces. */
export const fieldSentences = {
  required: { ja: '入力してください。', en: 'Please fill this in.' },
  not_a_day: {
    ja: '日付は2027-02-14のように、実在する日を入力してください。',
    en: 'Please give a real day such as 2027-02-14.',
  },
  day_out_of_range: {
    ja: '{first}から{last}までの日付を入力してください。',
    en: 'Please give a day from {first} to {last}.',
  },
  unreadable_text: {
    ja: '文字として読めない符号が含まれています。入力し直してください。',
    en: 'This holds a code that is no character. Please type it again.',
  },
  not_one_line: {
    ja: '改行や目に見えない制御文字を含めず、1行で入力してください。',
    en: 'Please write this on one line, without line breaks and control characters.',
  },
  not_a_month: {
    ja: '年月は2026-04のように入力してください。',
    en: 'Please give a month such as 2026-04.',
  },
  not_a_number: { ja: '数字で入力してください。', en: 'Please give a number.' },
  not_whole: { ja: '整数で入力してください。', en: 'Please give a whole number.' },
  not_a_step: {
    ja: '{divisor}きざみで入力してください。',
    en: 'Please give a multiple of {divisor}.',
  },
  too_small: { ja: '{minimum}以上で入力してください。', en: 'Please give {minimum} or more.' },
  too_big: { ja: '{maximum}以下で入力してください。', en: 'Please give {maximum} or less.' },
  too_short: {
    ja: '{minimum}文字以上で入力してください。',
    en: 'Please use {minimum} characters or more.',
  },
  too_long: {
    ja: '{maximum}文字以内で入力してください。',
    en: 'Please use {maximum} characters or fewer.',
  },
  too_few: { ja: '{minimum}件以上を指定してください。', en: 'Please give at least {minimum}.' },
  too_many: { ja: '{maximum}件以内にしてください。', en: 'Please give at most {maximum}.' },
  not_a_choice: {
    ja: '次のいずれかを選んでください：{choices}',
    en: 'Please choose one of: {choices}',
  },
  not_an_email: {
    ja: 'メールアドレスは name@example.jp の形で入力してください。',
    en: 'Please give an e-mail address such as name@example.jp.',
  },
  not_a_phone: {
    ja: '電話番号は市外局番から、数字10〜11桁で入力してください。',
    en: 'Please give a phone number of 10 or 11 digits with its area code.',
  },
  unknown_place: {
    ja: '一覧の続きの位置を読み取れません。一覧を最初から開き直してください。',
    en: 'This place in the list cannot be read. Please open the list from its beginning.',
  },
  wrong_form: { ja: '形式が正しくありません。', en: 'This is not in the expected form.' },
  unknown_field: { ja: '使われない項目です：{keys}', en: 'Unknown field: {keys}' },
} as const;

export type FieldSentence = keyof typeof fieldSentences;
