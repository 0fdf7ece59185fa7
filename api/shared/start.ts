import { factsOfError } from './error.ts';

/** What the person who starts the server has chosen, as far as it may be said aloud. */
export interface StartPlace {
  readonly port?: number;
  readonly host?: string;
  readonly dataFolder?: string;
  readonly databaseUrl?: string | undefined;
}

type Sentences = readonly [ja: string, en: string];

/** Host, port and name of a database, never the password in its address. */
const databaseName = ({ databaseUrl }: StartPlace) => {
  if (!databaseUrl || !URL.canParse(databaseUrl)) return 'PostgreSQL';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
};

const unreachable = (place: StartPlace): Sentences => [
  `データベース ${databaseName(place)} に接続できません。PostgreSQLが動いていることと DATABASE_URL をご確認ください。`,
  `The database ${databaseName(place)} cannot be reached. Check that PostgreSQL runs there, and DATABASE_URL.`,
];
const notAdmitted = (place: StartPlace): Sentences => [
  `データベース ${databaseName(place)} に入れません。DATABASE_URL の利用者名とパスワードをご確認ください。`,
  `The database ${databaseName(place)} does not let us in. Check user and password in DATABASE_URL.`,
];
const unwritable = ({ dataFolder }: StartPlace): Sentences => [
  `フォルダ ${dataFolder ?? 'DATA_FOLDER'} に書き込めません。DATA_FOLDER と、その権限と空き容量をご確認ください。`,
  `The folder ${dataFolder ?? 'DATA_FOLDER'} cannot be written. Check DATA_FOLDER, its permissions and the space left.`,
];

const ofDatabase: Readonly<Record<string, (place: StartPlace) => Sentences>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  CONNECT_TIMEOUT: unreachable,
  CONNECTION_CLOSED: unreachable,
  CONNECTION_DESTROYED: unreachable,
  CONNECTION_ENDED: unreachable,
  '57P01': unreachable,
  '57P03': unreachable,
  '28P01': notAdmitted,
  '28000': notAdmitted,
  '3D000': (place) => [
    `データベース ${databaseName(place)} がありません。作成するか、DATABASE_URL をご確認ください。`,
    `There is no database ${databaseName(place)}. Create it, or check DATABASE_URL.`,
  ],
  '42501': (place) => [
    `データベース ${databaseName(place)} で表を作る権限がありません。利用者をそのデータベースの所有者にしてください。`,
    `Our user may not make tables in ${databaseName(place)}. Make it the owner of that database.`,
  ],
  '53300': (place) => [
    `データベース ${databaseName(place)} の接続数が上限に達しています。max_connections を増やすか、ほかの接続を減らしてください。`,
    `The database ${databaseName(place)} takes no more connections. Raise max_connections, or have fewer of them.`,
  ],
  '25006': (place) => [
    `データベース ${databaseName(place)} は読み取り専用です。書き込めるサーバを DATABASE_URL に指定してください。`,
    `The database ${databaseName(place)} can only be read. Give the server that can be written as DATABASE_URL.`,
  ],
};

const ofListening = (code: string, { port, host }: StartPlace): Sentences => {
  const at = `${host ?? ''}:${port ?? ''}`;
  return code === 'EADDRINUSE'
    ? [
        `${at} はほかのプログラムが使っています(EADDRINUSE)。それを止めるか、PORT に別の番号を指定してください。`,
        `${at} is used by another program (EADDRINUSE). Stop it, or give another PORT.`,
      ]
    : [
        `${at} で待ち受けられません(${code})。HOST と PORT をご確認ください。`,
        `We cannot listen at ${at} (${code}). Check HOST and PORT.`,
      ];
};

const ofFolder = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'EDQUOT']);

const explained = new Set(['SettingsError', 'CatalogueError', 'StartError']);

interface Fault {
  readonly code: string;
  readonly syscall: string | undefined;
}

const causesOf = (error: unknown): unknown[] => {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error, ...inner.flatMap(causesOf), ...causesOf(error.cause)];
};

const faultsOf = (error: unknown): Fault[] =>
  causesOf(error).flatMap((cause) => {
    const { code, syscall } = cause as { code?: unknown; syscall?: unknown };
    if (typeof code !== 'string') return [];
    return [{ code, syscall: typeof syscall === 'string' ? syscall : undefined }];
  });

const sentencesOf = ({ code, syscall }: Fault, place: StartPlace): Sentences | undefined => {
  if (syscall === 'listen') return ofListening(code, place);
  if (ofFolder.has(code)) return unwritable(place);
  return Object.hasOwn(ofDatabase, code) ? ofDatabase[code]!(place) : undefined;
};

/** Every reason not to start is a sentence in both languages; what nobody foresaw says its cause too. */
export const explainStart = (error: unknown, place: StartPlace): string => {
  for (const cause of causesOf(error)) {
    if (explained.has((cause as Error).name)) return (cause as Error).message;
  }
  for (const fault of faultsOf(error)) {
    const sentences = sentencesOf(fault, place);
    if (sentences) return sentences.join('\n');
  }
  const { message, cause } = factsOfError(error);
  return [
    `起動できませんでした: ${message}`,
    'The server could not start. Please tell the maintainers what the line above says.',
    ...(cause ? [`  ← ${cause.message}`] : []),
  ].join('\n');
};
