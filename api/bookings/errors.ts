import { defineErrors } from '../shared/error.ts';

export const bookingErrors = defineErrors('bookings', {
  ground_by_venue_only: {
    kind: 'forbidden',
    ja: '利用者の都合以外の事由による取消は、会館の管理者が行います。災害などの場合は会館へご連絡ください。',
    en: 'Only a manager of the venue cancels on another ground than the organizer’s own. Please contact the venue.',
  },
  unknown: {
    kind: 'missing',
    ja: '予約が見つかりません。予約番号をご確認ください。',
    en: 'This booking was not found. Please check its number.',
  },
  slot_taken: {
    kind: 'conflict',
    ja: '選んだ日時はすでに埋まっています。空いている日時を選び直してください。',
    en: 'The time you chose is already taken. Please choose one that is free.',
  },
  stale_version: {
    kind: 'conflict',
    ja: 'この予約はほかの操作で更新されています。ページを再読み込みして、内容を確かめてからやり直してください。',
    en: 'This booking has been changed meanwhile. Please reload the page, check it and try again.',
  },
  not_allowed_in_state: {
    kind: 'conflict',
    ja: 'この予約の今の状態では、この操作はできません。ページを再読み込みして、状態をご確認ください。',
    en: 'This is not possible in the booking’s present state. Please reload the page and check it.',
  },
  hold_expired: {
    kind: 'conflict',
    ja: '仮予約の期限（{deadline}）が過ぎています。空き状況を確かめて、もう一度仮予約してください。',
    en: 'The hold ended at {deadline}. Please check availability and hold again.',
  },
  organizer_blocked: {
    kind: 'forbidden',
    ja: 'この会館では、ただいま新しい予約を承れません。未納の料金についてのご案内をご確認のうえ、会館（{contact}）へご連絡ください。',
    en: 'This venue takes no new bookings from you at present. Please see what it wrote about unpaid fees and contact it ({contact}).',
  },
  overlapping_uses: {
    kind: 'invalid',
    ja: '同じ部屋・同じ時間が二重に入っています。どちらかの行を外してください。',
    en: 'The same room and time appear twice. Please remove one of the lines.',
  },
  organizer_required: {
    kind: 'invalid',
    ja: 'どの利用者として予約するかを選んでください。',
    en: 'Please choose for whom you are booking.',
  },
  not_over_yet: {
    kind: 'conflict',
    ja: 'ご利用がまだ終わっていません。最後の利用が終わってから精算してください。',
    en: 'The use is not over yet. Please settle after its last use has ended.',
  },
  overtime_not_allowed: {
    kind: 'invalid',
    ja: 'この部屋は、開館時間の外では使用できません。前後の時間をなくしてください。',
    en: 'This room cannot be used outside opening hours. Please leave out the time before and after.',
  },
  run_too_long: {
    kind: 'invalid',
    ja: '{days}日続けての使用は申し込めません。この種別の部屋は続けて{most}日までです。日程を分けるか、窓口へご相談ください。',
    en: '{days} days in a row are too many: these rooms may be booked for {most}. Please shorten it or talk to the venue.',
  },
  request_too_late: {
    kind: 'invalid',
    ja: '使用承認の申請は{deadline}に締め切りました（最初の使用日の{days}日前まで）。窓口へ直接ご相談ください。',
    en: 'Applications for approval closed at {deadline}, {days} days before the first use. Please talk to the venue.',
  },
  priority_by_manager: {
    kind: 'forbidden',
    ja: '受付開始前の優先予約は、施設の管理者だけが理由を付けて登録できます。',
    en: 'Only a manager of the venue may let a booking in before its period opens, giving the reason.',
  },
  unknown_ground: {
    kind: 'invalid',
    ja: '選ばれた不承認の根拠は、この施設の利用条件にありません。一覧から選び直してください。',
    en: 'This ground of refusal is not among the conditions of the venue. Please choose one of its list.',
  },
  reason_required: {
    kind: 'invalid',
    ja: '理由を入力してください。利用者へのお知らせと記録に残ります。',
    en: 'Please give a reason. It is told to the organizer and kept on record.',
  },
  free_to_hold: {
    kind: 'conflict',
    ja: 'この日時は空いています。順番待ちではなく、仮予約してください。',
    en: 'This time is free. Please hold it instead of standing in line.',
  },
  already_yours: {
    kind: 'conflict',
    ja: 'この日時には、同じ利用者の予約か順番待ちがすでにあります。そのページから内容を変更するか、取り下げてからお申し込みください。',
    en: 'You already hold this time or stand in line for it. Please change or withdraw that booking first.',
  },
  line_closed: {
    kind: 'conflict',
    ja: 'この日時は休館・休室のため、順番待ちはできません。ほかの日時を選んでください。',
    en: 'The house is closed then, so there is no line to stand in. Please choose another time.',
  },
  option_behind_approved: {
    kind: 'conflict',
    ja: 'この日時は使用が承認されているため、候補にはなれません。空き待ちに登録すると、取り消しがあったときにご案内します。',
    en: 'This time is already approved for somebody. Join the waitlist to be told when it is given back.',
  },
  options_full: {
    kind: 'conflict',
    ja: 'この日時の候補は上限（{most}件）に達しています。空き待ちに登録すると、空いたときにご案内します。',
    en: 'No more than {most} options may stand behind a hold. Join the waitlist to be told when it is free.',
  },
  challenge_not_first: {
    kind: 'conflict',
    ja: '申請か解放を求められるのは、第2候補だけです。前の候補が繰り上がるか取り下げるまでお待ちください。',
    en: 'Only the second option may challenge the hold. Please wait until the option before yours is promoted or withdrawn.',
  },
  challenge_of_no_hold: {
    kind: 'conflict',
    ja: '前の予約はすでに使用承認を申請しているか、承認されています。結果をお待ちください。',
    en: 'Those before you have already applied or been approved. Please wait for the outcome.',
  },
  challenge_running: {
    kind: 'conflict',
    ja: 'すでに申請か解放を求めています。期限は{deadline}です。',
    en: 'A challenge is already running. It ends at {deadline}.',
  },
  extension_too_late: {
    kind: 'invalid',
    ja: '仮予約の期限は、最初の使用日（{day}）より後にはできません。それより前の日を選んでください。',
    en: 'A hold cannot last past its first use on {day}. Please choose an earlier day.',
  },
  extension_not_later: {
    kind: 'invalid',
    ja: '今の期限（{deadline}）より後の日を選んでください。',
    en: 'Please choose a day after the present end of the hold, {deadline}.',
  },
  extension_while_challenged: {
    kind: 'conflict',
    ja: '次の候補が申請か解放を求めているため、窓口では延長できません。必要なときは管理者が理由を付けて延長してください。',
    en: 'The next option has challenged this hold, so the desk cannot extend it. A manager may, giving the reason.',
  },
  unknown_use: {
    kind: 'missing',
    ja: 'この利用は予約の中にありません。ページを再読み込みして、内容を確かめてからやり直してください。',
    en: 'This use is not part of the booking. Please reload the page, check it and try again.',
  },
  nothing_changed: {
    kind: 'invalid',
    ja: '変更がありません。変えたい項目を入力してから、もう一度お進みください。',
    en: 'Nothing has been changed. Please change what you want to be different and continue.',
  },
  past_use_fixed: {
    kind: 'invalid',
    ja: '始まった利用は変更できません。これからの利用だけを変更してください。',
    en: 'A use that has begun cannot be changed. Please change only those still to come.',
  },
  amend_too_late: {
    kind: 'invalid',
    ja: '変更の受付は{deadline}に終わりました。施設へ直接ご相談ください。',
    en: 'Changes were taken until {deadline}. Please talk to the venue.',
  },
  amendment_pending: {
    kind: 'conflict',
    ja: '返事を待っている変更案があります。先にその案を承諾するか、辞退するか、取り下げてください。',
    en: 'Another change is waiting for an answer. Please accept, decline or withdraw it first.',
  },
  unknown_amendment: {
    kind: 'missing',
    ja: 'この変更案が見つかりません。予約のページから、今の状態をご確認ください。',
    en: 'This proposed change was not found. Please see the page of the booking.',
  },
  amendment_decided: {
    kind: 'conflict',
    ja: 'この変更案は、すでに終わっています。予約のページで今の内容をご確認ください。',
    en: 'This proposed change has ended already. Please see the booking as it stands.',
  },
  amendment_stale: {
    kind: 'conflict',
    ja: 'この変更案が作られた後に、予約か料金が変わりました。予約は今のままです。必要なときは、今の内容からあらためて変更してください。',
    en: 'The booking or its price has changed since this was proposed. Nothing was altered; please propose again from how it stands now.',
  },
  amendment_price_changed: {
    kind: 'conflict',
    ja: '料金を確かめた後に、内容か料金が変わっています。変更後の料金をもう一度確かめてから、お進みください。',
    en: 'The content or the price has changed since it was shown. Please look at the new price again and continue.',
  },
  consent_required: {
    kind: 'invalid',
    ja: '利用者の同意の記録がありません。同意した方と方法、内容を入力してください。',
    en: 'The organizer’s consent is not on record. Please enter who gave it, how, and what was agreed.',
  },
  split_needs_both: {
    kind: 'invalid',
    ja: '分ける利用を選び、元の予約にも少なくとも1つ残してください。',
    en: 'Please choose the uses to move and leave at least one in this booking.',
  },
  split_shares_cells: {
    kind: 'invalid',
    ja: '同じ部屋の同じ時間に重なる利用は、別々の予約に分けられません。一緒に選んでください。',
    en: 'Uses that share a room and time cannot be in two bookings. Please choose them together.',
  },
});
