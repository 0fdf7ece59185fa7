import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { makeAsker, openPool, takeConnection, type Hearing } from './pool.server.ts';
import * as accounts from './schema/accounts.ts';

/** drizzle wraps the driver's error; the SQLSTATE and constraint stand on its cause. */
export interface DatabaseFault {
  readonly code: string;
  readonly constraint: string | undefined;
}

export const faultOf = (error: unknown): DatabaseFault | undefined => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof pg.DatabaseError && at.code !== undefined) {
      return { code: at.code, constraint: at.constraint };
    }
  }
  return undefined;
};

export interface DatabaseOptions extends Pick<Hearing, 'onQuery'> {
  readonly poolSize?: number;
}

const drawn = (to: pg.Pool | pg.PoolClient, hearing: Hearing) =>
  drizzle({ client: makeAsker(to, hearing) as pg.PoolClient, schema: accounts });

type Drawn = ReturnType<typeof drawn>;

export type Transaction = Parameters<Parameters<Drawn['transaction']>[0]>[0];

/**
 * Transactions on connections of their own: one may read beside itself and does not wait for them.
 * drizzle gives a connection back only when "begin" went well; a lost one would be kept for ever.
 */
const openTransactions = (pool: pg.Pool, hearing: Hearing) => {
  const drawnOn = new WeakMap<pg.PoolClient, Drawn>();
  return async <Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> => {
    const connection = await takeConnection(pool);
    const own = drawnOn.get(connection) ?? drawn(connection, hearing);
    drawnOn.set(connection, own);
    try {
      return await own.transaction(work);
    } finally {
      connection.release(connection.getTransactionStatus() !== 'I');
    }
  };
};

export const openDatabase = (url: string, options: DatabaseOptions = {}) => {
  const hearing: Hearing = {
    // PgBouncer in transaction mode cannot keep prepared statements of a connection.
    keepsStatements: !url.includes('pgbouncer=true'),
    onQuery: options.onQuery,
  };
  const size = options.poolSize ?? 20;
  const pool = openPool({ url, size });
  const forTransactions = openPool({ url, size });
  const transaction = openTransactions(forTransactions, hearing);
  const db = Object.assign(drawn(pool, hearing), { transaction });
  return {
    db,
    transaction,
    url,
    /** @throws DatabaseAway */
    ask: async (): Promise<void> => void (await db.execute('select 1')),
    close: async () => {
      await Promise.all([pool.end(), forTransactions.end()]);
    },
  };
};

export type Database = ReturnType<typeof openDatabase>;
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
      return await database.transaction(work);
    } catch (error) {
      if (attempt >= attemptsAtMost || !isWorthRetrying(error)) throw error;
    }
  }
};
