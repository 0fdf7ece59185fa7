import type { StaffRole } from '#api/shared/actor.ts';

/** Everybody here is invented, and every address ends in example.jp. */
export interface DemonstrationOrganization {
  readonly key: string;
  readonly kind: 'organization' | 'individual';
  readonly name: string;
  readonly nameKana: string;
  readonly contactName: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly address: string;
  readonly declaresSme: boolean;
}

const organization = (
  key: string,
  name: string,
  nameKana: string,
  contactName: string,
  more: Partial<DemonstrationOrganization> = {},
): Omit<DemonstrationOrganization, 'phone' | 'postalCode' | 'address'> & {
  readonly town?: string;
} => ({ key, kind: 'organization', name, nameKana, contactName, declaresSme: false, ...more });

const introduced = [
  organization('organizer', '見本ものづくり協議会', 'ミホンモノヅクリキョウギカイ', '見本 太郎', {
    declaresSme: true,
  }),
  organization(
    'fair',
    '阿武隈おおぞら見本市実行委員会',
    'アブクマオオゾラミホンイチジッコウイインカイ',
    '空野 大地',
  ),
  organization(
    'machine',
    '安達太良ねじまき機械工業会',
    'アダタラネジマキキカイコウギョウカイ',
    '螺子巻 一郎',
  ),
  organization(
    'food',
    '会津あかべこ食品協同組合',
    'アイヅアカベコショクヒンキョウドウクミアイ',
    '赤部 幸子',
    {
      declaresSme: true,
    },
  ),
  organization('band', '磐梯うさぎ管弦楽団', 'バンダイウサギカンゲンガクダン', '宇佐木 奏'),
  organization('exam', '信夫山検定試験センター', 'シノブヤマケンテイシケンセンター', '験野 正'),
  organization(
    'robot',
    '浜通りほしぞらロボット研究会',
    'ハマドオリホシゾラロボットケンキュウカイ',
    '星空 光',
  ),
  organization(
    'school',
    '猪苗代ふくろう職業訓練会',
    'イナワシロフクロウショクギョウクンレンカイ',
    '福老 学',
  ),
  organization(
    'care',
    '中通りひだまり介護事業者連絡会',
    'ナカドオリヒダマリカイゴジギョウシャレンラクカイ',
    '日溜 和子',
  ),
  organization(
    'software',
    'そよかぜ花見山情報サービス株式会社',
    'ソヨカゼハナミヤマジョウホウサービス',
    '微風 翔',
    { declaresSme: true },
  ),
  organization('craft', '三春こま手しごと組合', 'ミハルコマテシゴトクミアイ', '駒井 紡', {
    declaresSme: true,
  }),
  organization(
    'chamber',
    '五色沼まちづくり商工連合会',
    'ゴシキヌママチヅクリショウコウレンゴウカイ',
    '五色 彩',
  ),
  organization(
    'health',
    '飯坂ゆげのまち健康協会',
    'イイザカユゲノマチケンコウキョウカイ',
    '湯気 温',
  ),
  organization(
    'camp',
    '羽鳥湖キャンプ用品頒布会',
    'ハトリコキャンプヨウヒンハンプカイ',
    '羽鳥 舟',
    {
      declaresSme: true,
    },
  ),
  organization(
    'startup',
    'ふくしまたまご起業家クラブ',
    'フクシマタマゴキギョウカクラブ',
    '卵野 孵',
  ),
  organization('person', '見本 花子', 'ミホン ハナコ', '見本 花子', { kind: 'individual' }),
];

const addresses = [
  ['9600000', '福島県福島市見本町0丁目0番0号'],
  ['9630000', '福島県郡山市見本町0丁目0番0号'],
] as const;

export const organizations: readonly DemonstrationOrganization[] = introduced.map((one, at) => ({
  ...one,
  phone: `02400000${String(at).padStart(2, '0')}`,
  postalCode: addresses[at % 2]![0],
  address: addresses[at % 2]![1],
}));

export const emailOf = (key: string) =>
  key === 'organizer' ? 'organizer@example.jp' : `${key}@kaikan-organizer.example.jp`;

/** Made-up passwords of a demonstration that only runs without a DATABASE_URL. */
export const organizerPassword = 'mihon-organizer-2026';

export interface DemonstrationStaff {
  readonly role: StaffRole;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const staff: readonly DemonstrationStaff[] = [
  {
    role: 'desk',
    name: '窓口 さくら',
    email: 'desk@kaikan.example.jp',
    password: 'mihon-desk-2026',
  },
  {
    role: 'manager',
    name: '承認 まもる',
    email: 'manager@kaikan.example.jp',
    password: 'mihon-manager-2026',
  },
  {
    role: 'finance',
    name: '会計 みのる',
    email: 'finance@kaikan.example.jp',
    password: 'mihon-finance-2026',
  },
  {
    role: 'administrator',
    name: '管理 つかさ',
    email: 'admin@kaikan.example.jp',
    password: 'mihon-admin-2026',
  },
];

/** What the start prints, so that people can look around. */
export const demonstrationSignIns: readonly { who: string; email: string; password: string }[] = [
  { who: '主催者', email: emailOf('organizer'), password: organizerPassword },
  { who: '窓口', email: staff[0]!.email, password: staff[0]!.password },
  { who: '承認者', email: staff[1]!.email, password: staff[1]!.password },
  { who: '会計', email: staff[2]!.email, password: staff[2]!.password },
  { who: '管理者', email: staff[3]!.email, password: staff[3]!.password },
];
