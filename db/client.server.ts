import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as accounts from './schema/accounts.ts';

/** drizzle wraps the driver's error; the SQLSTATE and constraint stand on its cause. */
export interface DatabaseFault {
  readonly code: string;
  readonly constraint: string | undefined;
}

export const faultOf = (error: unknown): DatabaseFault | undefined => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof postgres.PostgresError) {
      return { code: at.code, constraint: at.constraint_name };
    }
  }
  return undefined;
};

export interface DatabaseOptions {
  readonly poolSize?: number;
  /** Hears every statement that is sent. */
  readonly onQuery?: (statement: string, parameters: readonly unknown[]) => void;
}

type Work = (client: postgres.TransactionSql) => unknown;

/**
 * drizzle tells the driver to forget every statement, which costs a second round trip and a plan each time.
 * This client keeps them, inside transactions too.
 */
const keepStatements = <Client extends postgres.ISql>(client: Client): Client =>
  new Proxy(client, {
    get: (target, name) => {
      if (name === 'unsafe') {
        return (text: string, parameters?: (string | null)[]) =>
          target.unsafe(text, parameters ?? [], { prepare: true });
      }
      if (name !== 'begin' && name !== 'savepoint') return Reflect.get(target, name) as unknown;
      const open = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return (...given: unknown[]) => {
        const work = given.pop() as Work;
        return open.call(target, ...given, (inner: postgres.TransactionSql) =>
          work(keepStatements(inner)),
        );
      };
    },
  });

export const openDatabase = (url: string, options: DatabaseOptions = {}) => {
  const { onQuery } = options;
  // PgBouncer in transaction mode cannot keep prepared statements of a connection.
  const keepsStatements = !url.includes('pgbouncer=true');
  const settings = {
    max: options.poolSize ?? 20,
    onnotice: () => undefined,
    ...(onQuery
      ? {
          debug: (_connection: number, statement: string, parameters: unknown[]) =>
            onQuery(statement, parameters),
        }
      : {}),
    prepare: keepsStatements,
    connection: { application_name: 'kaikan' },
  };
  const drawn = (client: postgres.Sql) =>
    drizzle(keepsStatements ? keepStatements(client) : client, { schema: accounts });
  const sql = postgres(url, settings);
  // Connections of their own: behind a long line of reads the driver sends "begin" but does not keep
  // the connection for it, and the transaction is refused or, worse, left open.
  const forTransactions = postgres(url, settings);
  return {
    sql,
    db: drawn(sql),
    transactions: drawn(forTransactions),
    url,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), forTransactions.end({ timeout: 5 })]);
    },
  };
};

export type Database = ReturnType<typeof openDatabase>;
export type Transaction = Parameters<Parameters<Database['db']['transaction']>[0]>[0];
/** What a store's query runs on: the pool for a plain read, the transaction for everything else. */
export type Queryable = Database['db'] | Transaction;

const attemptsAtMost = 5;
const isWorthRetrying = (error: unknown) => ['40P01', '40001'].includes(faultOf(error)?.code ?? '');

/** Runs `work` in one transaction; deadlock and serialisation faults are tried again, all else is thrown. */
export const transact = async <Value>(
  database: Database,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transactions.transaction(work);
    } catch (error) {
      if (attempt >= attemptsAtMost || !isWorthRetrying(error)) throw error;
    }
  }
};
