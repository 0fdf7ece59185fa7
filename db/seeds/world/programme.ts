/** What happens in the three venues in an invented year. Rooms and parts are codes of the catalogue. */

export type Venue = 'big-palette' | 'corasse' | 'hightech-plaza';
export type Band =
  'morning' | 'afternoon' | 'evening' | 'daytime' | 'afternoon_evening' | 'all_day';

interface Event {
  readonly venue: Venue;
  readonly room: string;
  readonly configuration?: string;
  readonly organization: string;
  readonly title: string;
  readonly purpose: string;
  readonly layout?: string;
  readonly attendance: number;
  readonly admissionMaxYen?: number;
  readonly isCommercial?: boolean;
  readonly isPublic?: boolean;
}

/** A meeting on the same weekdays (1 Monday … 7 Sunday), booked a quarter at a time. */
export interface Series extends Event {
  readonly weekdays: readonly number[];
  readonly band: Band;
  /** Every second week begins with the first or the second; absent: every week. */
  readonly fortnight?: 0 | 1;
}

/** A fair of the exhibition halls: once a year, in its month, around a weekend. */
export interface Fair extends Event {
  readonly month: number;
  /** Which Saturday of the month the event takes in. */
  readonly week: number;
  readonly setupDays: number;
  readonly eventDays: number;
  readonly teardownDays: number;
}

/** Events that follow one another through the weeks of a hall. */
export interface Rotation {
  readonly venue: Venue;
  readonly room: string;
  /** One event every so many weeks. */
  readonly everyWeeks: number;
  readonly leadDays: number;
  readonly events: readonly (Omit<Event, 'venue' | 'room'> & {
    readonly weekday: number;
    readonly days: number;
    readonly band: Band;
    /** The first day is for set-up or rehearsal. */
    readonly firstDay?: 'setup' | 'rehearsal';
  })[];
}

const meeting = (
  venue: Venue,
  room: string,
  organization: string,
  title: string,
  weekdays: readonly number[],
  band: Band,
  attendance: number,
  more: Partial<Series> = {},
): Series => ({
  venue,
  room,
  organization,
  title,
  purpose: `${title}の開催`,
  weekdays,
  band,
  attendance,
  ...more,
});

const corasse = meeting.bind(undefined, 'corasse');
const palette = meeting.bind(undefined, 'big-palette');
const hightech = meeting.bind(undefined, 'hightech-plaza');

export const series: readonly Series[] = [
  corasse('multipurpose-hall', 'school', '就職準備講座', [2, 3], 'daytime', 80, {
    layout: 'school',
    configuration: 'a',
  }),
  corasse('multipurpose-hall', 'health', '健康づくり体操教室', [4], 'morning', 60, {
    configuration: 'b',
    isPublic: true,
  }),
  corasse('special-meeting', 'chamber', '役員会', [1], 'afternoon', 18, { layout: 'meeting' }),
  corasse('special-meeting', 'food', '商品開発会議', [3, 4], 'morning', 15, { layout: 'meeting' }),
  corasse('special-meeting', 'startup', '起業相談会', [5], 'daytime', 12, { layout: 'meeting' }),
  corasse('room-401', 'school', '簿記講座', [1, 3, 5], 'evening', 30, { layout: 'school' }),
  corasse('room-401', 'care', '介護職員研修', [2], 'daytime', 36, { layout: 'school' }),
  corasse('room-402', 'school', 'パソコン訓練', [1, 2, 3, 4], 'daytime', 28, { layout: 'school' }),
  corasse('room-403', 'software', '開発者勉強会', [2, 4], 'evening', 24, { layout: 'meeting' }),
  corasse('room-403', 'health', '栄養相談', [1, 3], 'morning', 10, { layout: 'meeting' }),
  corasse('room-501', 'chamber', '商工連合会定例会', [2], 'afternoon', 50, { layout: 'school' }),
  corasse('room-501', 'exam', '検定対策講座', [4, 5, 6], 'afternoon_evening', 55, {
    layout: 'school',
  }),
  corasse('training', 'school', '接客訓練', [1, 2, 4, 5], 'daytime', 45, { layout: 'school' }),
  corasse('small-training', 'startup', '創業塾', [3, 6], 'evening', 16, { layout: 'school' }),
  corasse('small-training', 'craft', '手しごと研究会', [1, 5], 'afternoon', 12, {
    layout: 'meeting',
  }),
  corasse('city-meeting-1', 'chamber', 'まちづくり部会', [1, 4, 5], 'evening', 20, {
    layout: 'meeting',
  }),
  corasse('city-meeting-1', 'care', '事例検討会', [2, 3], 'afternoon', 22, { layout: 'meeting' }),
  corasse('city-meeting-2', 'software', '情報セキュリティ研修', [2, 3, 5], 'daytime', 30, {
    layout: 'school',
  }),
  corasse('city-meeting-2', 'person', '朗読の会', [6, 7], 'afternoon', 14, { layout: 'meeting' }),
  corasse('city-training', 'school', '求職者支援訓練', [1, 2, 3, 4, 5], 'daytime', 48, {
    layout: 'school',
  }),
  palette('convention-hall', 'health', '市民健康講座', [2], 'afternoon', 180, {
    configuration: 'a',
    isPublic: true,
  }),
  palette('convention-hall', 'chamber', '経営者朝会', [4], 'morning', 90, {
    configuration: 'b',
    fortnight: 0,
  }),
  palette('multipurpose-1', 'person', '外国語会話の会', [3, 6], 'morning', 15, {
    layout: 'meeting',
  }),
  palette('multipurpose-2', 'craft', '染めもの教室', [2, 5], 'afternoon', 20, { layout: 'school' }),
  palette('mid-meeting', 'care', '感染対策研修', [3], 'daytime', 120, {
    layout: 'school',
    fortnight: 1,
  }),
  palette('mid-meeting', 'software', '技術者採用説明会', [5], 'afternoon', 70, {
    configuration: 'a',
    layout: 'school',
  }),
  palette('small-meeting-1', 'machine', '規格委員会', [1, 4], 'afternoon', 14, {
    layout: 'meeting',
  }),
  palette('small-meeting-2-3', 'robot', '試作検討会', [2, 3], 'evening', 18, {
    configuration: '2',
    layout: 'meeting',
  }),
  palette('training', 'school', '技能検定準備講座', [2, 4, 6], 'daytime', 30, { layout: 'school' }),
  palette('presentation', 'startup', '事業計画発表会', [5], 'afternoon_evening', 80, {
    fortnight: 0,
    isPublic: true,
  }),
  palette('presentation', 'organizer', 'ものづくり改善セミナー', [3], 'afternoon', 60, {
    layout: 'school',
  }),
  palette('special-meeting', 'food', '理事会', [4], 'afternoon', 16, {
    layout: 'meeting',
    fortnight: 1,
  }),
  hightech('techno-hall', 'robot', '制御技術講習', [2, 3], 'daytime', 60, { layout: 'school' }),
  hightech('techno-hall', 'machine', '計測技術研究会', [5], 'afternoon', 45, {
    layout: 'school',
    fortnight: 1,
  }),
];

const fair = (
  month: number,
  week: number,
  configuration: string,
  organization: string,
  title: string,
  [setupDays, eventDays, teardownDays]: readonly [number, number, number],
  attendance: number,
  more: Partial<Fair> = {},
): Fair => ({
  venue: 'big-palette',
  room: 'exhibition-hall',
  configuration,
  organization,
  title,
  purpose: `${title}の展示と公開`,
  month,
  week,
  setupDays,
  eventDays,
  teardownDays,
  layout: 'booths',
  attendance,
  isPublic: true,
  ...more,
});

const atHightech = { venue: 'hightech-plaza', room: 'exhibition-hall' } as const;
const sales = (admissionMaxYen = 0) => ({ isCommercial: true, admissionMaxYen });

export const fairs: readonly Fair[] = [
  fair(4, 1, 'a', 'craft', '春の手しごと市', [1, 2, 0], 1_800, sales()),
  fair(4, 2, 'all', 'machine', '春のものづくり技術展', [2, 2, 1], 4_200),
  fair(4, 4, 'b+c', 'camp', '野あそび道具市', [1, 2, 1], 5_000, sales(800)),
  fair(5, 2, 'all', 'fair', 'おおぞら住まいと暮らしの見本市', [1, 3, 1], 9_000, sales(500)),
  fair(5, 3, 'a+b', 'food', 'あかべこ食の商談会', [1, 2, 0], 1_500),
  fair(5, 4, 'c', 'exam', '春の検定試験', [0, 2, 0], 900, { layout: 'school', isPublic: false }),
  fair(6, 1, 'a+b', 'care', '福祉機器ふれあい展', [1, 2, 1], 2_600),
  fair(6, 2, 'c', 'robot', 'ほしぞらロボット競技会', [1, 2, 0], 1_200),
  fair(6, 4, 'all', 'startup', 'たまご起業フェア', [1, 2, 1], 3_000),
  fair(7, 1, 'b', 'health', '夏の健康まつり', [0, 2, 0], 1_100),
  fair(7, 2, 'all', 'fair', 'おおぞら自動車と乗りもの展', [2, 3, 1], 12_000, sales(1_200)),
  fair(7, 4, 'a', 'organizer', '見本ものづくり体験展', [1, 2, 0], 1_600),
  fair(8, 1, 'all', 'band', '真夏の野外楽団博', [2, 2, 1], 4_800, {
    admissionMaxYen: 4_500,
    layout: 'theatre',
  }),
  fair(8, 3, 'b+c', 'robot', '夏休みロボット工作大会', [1, 2, 0], 2_400),
  fair(8, 4, 'a', 'food', '夏のあかべこ物産市', [0, 2, 0], 2_000, sales()),
  fair(9, 1, 'a+b', 'software', '情報技術と仕事の合同説明会', [1, 2, 0], 1_900),
  fair(9, 2, 'c', 'exam', '秋の検定試験', [0, 2, 0], 950, { layout: 'school', isPublic: false }),
  fair(9, 4, 'all', 'chamber', '五色沼商工まつり', [1, 2, 1], 7_500, sales()),
  fair(10, 1, 'a', 'craft', '秋の手しごと市', [1, 2, 0], 1_900, sales()),
  fair(10, 2, 'all', 'machine', '安達太良機械要素展', [2, 3, 1], 6_400),
  fair(10, 4, 'b+c', 'health', '県民健康フェア', [1, 2, 0], 3_300),
  fair(11, 1, 'all', 'fair', 'おおぞら産業見本市', [2, 3, 1], 11_000),
  fair(11, 2, 'b', 'startup', '学生起業発表会', [0, 2, 0], 700),
  fair(11, 4, 'a+b', 'camp', '冬支度アウトドア市', [1, 2, 1], 3_600, sales(500)),
  fair(12, 1, 'c', 'exam', '冬の検定試験', [0, 2, 0], 980, { layout: 'school', isPublic: false }),
  fair(12, 2, 'all', 'food', '歳末あかべこ食の大市', [1, 3, 1], 10_500, sales()),
  fair(12, 3, 'a', 'band', '年の瀬の合同演奏会', [1, 1, 0], 1_300, {
    admissionMaxYen: 2_500,
    layout: 'theatre',
  }),
  fair(1, 3, 'b+c', 'exam', '全国共通模擬試験', [1, 2, 0], 1_400, {
    layout: 'school',
    isPublic: false,
  }),
  fair(1, 4, 'all', 'fair', 'おおぞら結婚と旅の見本市', [1, 2, 1], 4_300, sales(500)),
  fair(2, 1, 'a', 'care', '介護のしごと相談会', [0, 2, 0], 800),
  fair(2, 2, 'all', 'machine', '冬の工作機械展', [2, 3, 1], 5_200),
  fair(2, 4, 'c', 'robot', '春休みロボット予選会', [1, 2, 0], 1_000),
  fair(3, 1, 'a+b', 'software', '新卒合同説明会', [1, 2, 0], 2_300),
  fair(3, 2, 'all', 'chamber', '復興と産業の集い', [2, 2, 1], 6_000),
  fair(3, 4, 'b', 'organizer', '見本ものづくり成果展', [1, 2, 0], 1_200),
  fair(5, 2, 'all', 'robot', '災害対応ロボット実演会', [1, 2, 1], 400, atHightech),
  fair(7, 3, 'all', 'machine', '加工技術公開日', [1, 2, 0], 350, atHightech),
  fair(9, 3, 'all', 'software', '計測データ活用展', [1, 2, 0], 300, atHightech),
  fair(10, 3, 'all', 'organizer', '試作品見本展', [1, 2, 1], 450, atHightech),
  fair(11, 3, 'all', 'robot', 'ロボット部品交流会', [1, 2, 0], 380, atHightech),
  fair(12, 1, 'all', 'craft', '木工と金工の展示会', [1, 2, 0], 320, atHightech),
  fair(2, 3, 'all', 'machine', '非破壊検査実演展', [1, 2, 1], 300, atHightech),
];

export const rotations: readonly Rotation[] = [
  {
    venue: 'big-palette',
    room: 'convention-hall',
    everyWeeks: 1,
    leadDays: 150,
    events: [
      {
        organization: 'band',
        title: '磐梯うさぎ管弦楽団 定期演奏会',
        purpose: '管弦楽の公演',
        weekday: 5,
        days: 2,
        band: 'afternoon_evening',
        firstDay: 'rehearsal',
        layout: 'theatre',
        attendance: 780,
        admissionMaxYen: 3_500,
        isPublic: true,
      },
      {
        organization: 'care',
        title: '介護事業者大会',
        purpose: '講演と分科会',
        weekday: 5,
        days: 2,
        band: 'daytime',
        layout: 'school',
        attendance: 420,
      },
      {
        organization: 'exam',
        title: '資格試験',
        purpose: '資格試験の実施',
        weekday: 6,
        days: 2,
        band: 'daytime',
        layout: 'school',
        attendance: 460,
      },
      {
        organization: 'chamber',
        title: '商工連合会 研究大会',
        purpose: '全国規模の研究大会',
        weekday: 4,
        days: 3,
        band: 'all_day',
        firstDay: 'setup',
        layout: 'theatre',
        attendance: 850,
        isPublic: true,
      },
      {
        organization: 'food',
        title: '新商品発表会',
        purpose: '会員企業の商談',
        weekday: 3,
        days: 2,
        band: 'daytime',
        firstDay: 'setup',
        layout: 'round_table',
        attendance: 240,
        isCommercial: true,
      },
      {
        organization: 'robot',
        title: 'ロボット学術講演会',
        purpose: '東北規模の学術講演会',
        weekday: 5,
        days: 3,
        band: 'daytime',
        layout: 'theatre',
        attendance: 520,
        isPublic: true,
      },
      {
        organization: 'camp',
        title: '展示即売会',
        purpose: '用品の展示即売',
        weekday: 6,
        days: 2,
        band: 'daytime',
        layout: 'theatre',
        attendance: 600,
        isCommercial: true,
        isPublic: true,
      },
    ],
  },
  {
    venue: 'corasse',
    room: 'multipurpose-hall',
    everyWeeks: 1,
    leadDays: 100,
    events: [
      {
        organization: 'chamber',
        title: '新規会員交流会',
        purpose: '講演と懇親',
        weekday: 5,
        days: 1,
        band: 'afternoon_evening',
        layout: 'banquet',
        attendance: 110,
      },
      {
        organization: 'software',
        title: '業務改善講演会',
        purpose: '講演会',
        weekday: 5,
        days: 1,
        band: 'afternoon',
        layout: 'theatre',
        attendance: 220,
        isPublic: true,
      },
      {
        organization: 'person',
        title: 'ひだまり写真展',
        purpose: '写真の展示',
        weekday: 6,
        days: 2,
        band: 'daytime',
        attendance: 150,
        isPublic: true,
      },
      {
        organization: 'startup',
        title: '起業家の夕べ',
        purpose: '発表と懇談',
        weekday: 6,
        days: 1,
        band: 'evening',
        layout: 'banquet',
        attendance: 90,
        admissionMaxYen: 1_000,
        isPublic: true,
      },
    ],
  },
  {
    venue: 'hightech-plaza',
    room: 'techno-hall',
    everyWeeks: 3,
    leadDays: 80,
    events: [
      {
        organization: 'robot',
        title: '研究成果発表会',
        purpose: '研究成果の発表',
        weekday: 4,
        days: 1,
        band: 'daytime',
        layout: 'theatre',
        attendance: 180,
        isPublic: true,
      },
      {
        organization: 'machine',
        title: '技能講習会',
        purpose: '技能講習',
        weekday: 6,
        days: 2,
        band: 'daytime',
        layout: 'school',
        attendance: 90,
      },
    ],
  },
];

/** Bookings that show one state each, placed around today. */
export interface Special extends Event {
  readonly band: Band;
  /** Days from today; the first free day from there on is taken. */
  readonly usedAfterDays: number;
  readonly heldBeforeDays: number;
  readonly end:
    'held' | 'requested' | 'approved' | 'paid' | 'refused' | 'cancelled' | 'withdrawn' | 'expired';
  readonly reason?: string;
  readonly ground?: string;
}

const special = (
  end: Special['end'],
  venue: Venue,
  room: string,
  organization: string,
  title: string,
  [usedAfterDays, heldBeforeDays]: readonly [number, number],
  more: Partial<Special> = {},
): Special => ({
  end,
  venue,
  room,
  organization,
  title,
  purpose: `${title}の開催`,
  usedAfterDays,
  heldBeforeDays,
  band: 'daytime',
  attendance: 20,
  ...more,
});

const lack = '(実演用の記載) 利用規約の不承認の基準: 施設の管理に支障があると認められるとき';
const damage = '(実演用の記載) 利用規約の不承認の基準: 建物又は設備を損傷するおそれがあるとき';

export const specials: readonly Special[] = [
  special('paid', 'big-palette', 'exhibition-hall', 'fair', 'おおぞら道具と工具の市', [0, 200], {
    configuration: 'a',
    layout: 'booths',
    attendance: 900,
    isPublic: true,
  }),
  special('paid', 'big-palette', 'mid-meeting', 'organizer', '現場改善発表会', [0, 60], {
    configuration: 'b',
    band: 'afternoon',
    attendance: 70,
  }),
  special('approved', 'big-palette', 'special-room', 'food', '来賓控室', [0, 25], {
    attendance: 8,
  }),
  special('paid', 'corasse', 'room-403', 'startup', '事業承継相談会', [0, 40], {
    band: 'afternoon',
  }),
  special('approved', 'hightech-plaza', 'techno-hall', 'robot', '安全装置説明会', [0, 30], {
    band: 'evening',
  }),
  special('held', 'big-palette', 'convention-hall', 'organizer', '見本ものづくり大会', [120, 12], {
    configuration: 'all',
    band: 'all_day',
    attendance: 400,
    layout: 'theatre',
    isPublic: true,
  }),
  special('held', 'big-palette', 'training', 'school', '安全講習', [45, 13], { band: 'evening' }),
  special('held', 'corasse', 'room-402', 'software', '採用面接会', [38, 3], { band: 'evening' }),
  special('held', 'corasse', 'multipurpose-hall', 'health', '冬の健康講演会', [75, 6], {
    attendance: 200,
    layout: 'theatre',
  }),
  special('held', 'hightech-plaza', 'exhibition-hall', 'machine', '切削技術実演会', [90, 2], {
    attendance: 250,
    layout: 'booths',
  }),
  special('requested', 'big-palette', 'presentation', 'organizer', '新技術発表会', [50, 5], {
    attendance: 120,
    layout: 'theatre',
    isPublic: true,
  }),
  special('requested', 'big-palette', 'exhibition-hall', 'camp', '春待ち野あそび市', [110, 8], {
    configuration: 'c',
    layout: 'booths',
    attendance: 2_200,
    isCommercial: true,
    admissionMaxYen: 600,
    isPublic: true,
  }),
  special('requested', 'corasse', 'room-501', 'person', '絵手紙の会', [30, 4], {
    band: 'morning',
    attendance: 25,
  }),
  special('requested', 'corasse', 'special-meeting', 'chamber', '来年度事業検討会', [26, 3], {
    band: 'evening',
    attendance: 14,
  }),
  special('requested', 'hightech-plaza', 'techno-hall', 'software', '計測ソフト講習', [42, 6], {
    band: 'afternoon',
    attendance: 50,
  }),
  special('approved', 'big-palette', 'small-meeting-1', 'organizer', '原価計算勉強会', [33, 12], {
    band: 'morning',
    attendance: 15,
  }),
  special('approved', 'big-palette', 'convention-hall', 'band', '春の特別演奏会', [95, 55], {
    configuration: 'all',
    band: 'all_day',
    attendance: 800,
    layout: 'theatre',
    admissionMaxYen: 4_000,
    isPublic: true,
  }),
  special('approved', 'corasse', 'city-meeting-1', 'care', '家族介護相談会', [35, 16], {
    band: 'morning',
  }),
  special('paid', 'corasse', 'multipurpose-hall', 'organizer', '改善事例交流会', [40, 45], {
    attendance: 100,
    layout: 'banquet',
    band: 'afternoon_evening',
  }),
  special('refused', 'big-palette', 'exhibition-hall', 'machine', '超大型プレス実演', [70, 30], {
    configuration: 'b',
    attendance: 400,
    layout: 'booths',
    reason:
      '持ち込む機械の重量が床の許容荷重を超えます。5t/㎡以下に分けて設置する計画であれば、あらためて申請してください。',
    ground: damage,
  }),
  special('refused', 'corasse', 'training', 'camp', '屋内たき火体験', [28, 20], {
    attendance: 30,
    band: 'evening',
    reason: '室内での火気の使用は認めていません。火気を使わない内容であれば承認できます。',
    ground: lack,
  }),
  special('refused', 'big-palette', 'special-meeting', 'organizer', '夜通し試作会', [36, 24], {
    attendance: 20,
    band: 'evening',
    reason: '開館時間(21時まで)を越える使用の計画になっています。時間内の計画に改めてください。',
    ground: lack,
  }),
  special('cancelled', 'big-palette', 'convention-hall', 'food', '試食商談会', [60, 70], {
    configuration: 'b',
    attendance: 120,
    reason: '出展企業が集まらず、開催を見送るため。',
  }),
  special('cancelled', 'big-palette', 'exhibition-hall', 'startup', '合同事業説明会', [80, 100], {
    configuration: 'a',
    layout: 'booths',
    attendance: 600,
    reason: '会場をコラッセふくしまへ変更するため。',
  }),
  special('cancelled', 'corasse', 'room-401', 'organizer', '品質管理講座', [21, 40], {
    band: 'morning',
    attendance: 30,
    reason: '講師の都合により中止するため。',
  }),
  special('cancelled', 'hightech-plaza', 'techno-hall', 'robot', '公開実験', [25, 50], {
    band: 'afternoon',
    attendance: 80,
    reason: '試験機の整備が間に合わないため。',
  }),
  special('withdrawn', 'corasse', 'small-training', 'craft', '金継ぎ教室', [24, 18], {
    band: 'morning',
    attendance: 12,
  }),
  special('withdrawn', 'big-palette', 'multipurpose-1', 'organizer', '図面読み方教室', [29, 22], {
    band: 'evening',
    attendance: 20,
  }),
  special('expired', 'big-palette', 'mid-meeting', 'person', '同窓会', [40, 25], {
    configuration: 'a',
    band: 'evening',
    attendance: 60,
  }),
  special('expired', 'corasse', 'room-403', 'organizer', '工程管理研修', [32, 19], {
    band: 'daytime',
    attendance: 24,
  }),
  special('expired', 'big-palette', 'outdoor', 'camp', '冬キャンプ体験', [70, 60], {
    attendance: 300,
    layout: 'booths',
    isCommercial: true,
  }),
];
