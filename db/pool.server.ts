import pg from 'pg';

/** The database cannot be asked now: it restarts, is away, or has ended our connection. */
class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

// Shut down, crashed, starting up, idle for too long, no connection left; 08 is the class of lost connections.
const codesOfLoss = new Set(['57P01', '57P02', '57P03', '57P05', '53300']);
// The driver gives these no code.
const wordsOfLoss = /^(Connection terminated|Client (has encountered|was closed)|timeout e)/;

const isLoss = (error: Error & { code?: unknown }) => {
  if (error instanceof pg.DatabaseError) {
    return error.code !== undefined && (codesOfLoss.has(error.code) || /^08/.test(error.code));
  }
  return 'syscall' in error || wordsOfLoss.test(error.message);
};

/** The same error, or, where the connection was lost, one that says so. */
const named = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  return isLoss(error)
    ? new DatabaseAway(`the database is away: ${error.message}`, { cause: error })
    : error;
};

export interface PoolOptions {
  readonly url: string;
  readonly size: number;
}

export const openPool = ({ url, size }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'kaikan',
    max: size,
    // A connection keeps its statements: it is not closed because nobody came for ten seconds.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    // Statements of one transaction that do not wait for each other share a round trip.
    pipeline: true,
  });
  // Who asks on a lost connection is told; one that nobody uses is replaced, and nobody need know.
  const replaced = () => undefined;
  pool.on('error', replaced);
  pool.on('connect', (connection) => connection.on('error', replaced));
  return pool;
};

/** A connection of one's own, to be given back. @throws DatabaseAway */
export const takeConnection = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  try {
    return await pool.connect();
  } catch (error) {
    throw named(error);
  }
};

const namesMost = 5_000;
const names = new Map<string, string>();

/** One name for one text: PostgreSQL reads and plans it once a connection. */
const nameOf = (text: string) => {
  const known = names.get(text);
  if (known !== undefined || names.size >= namesMost) return known;
  const name = `kaikan_${names.size + 1}`;
  names.set(text, name);
  return name;
};

export interface Hearing {
  readonly keepsStatements: boolean;
  /** Hears every statement that is sent. */
  readonly onQuery?: ((statement: string, parameters: readonly unknown[]) => void) | undefined;
}

const isAborted = (error: unknown) => error instanceof pg.DatabaseError && error.code === '25P02';

/**
 * What asks the database: the pool, or one connection of it, with statements that are kept. Of statements
 * that were sent beside each other in one transaction, those after the one that failed are told only that
 * it is over; they fail for the reason of the first, so that whoever hears one of them hears why.
 */
export const makeAsker = (to: pg.Pool | pg.PoolClient, { keepsStatements, onQuery }: Hearing) => {
  let reason: Error | undefined;
  return {
    query: async (config: pg.QueryConfig, values: unknown[] = []): Promise<pg.QueryResult> => {
      onQuery?.(config.text, values);
      if (/^(begin|rollback)/i.test(config.text)) reason = undefined;
      const isKept = keepsStatements && values.length > 0;
      try {
        return await to.query(
          { ...config, ...(isKept ? { name: nameOf(config.text) } : {}) },
          values,
        );
      } catch (error) {
        if (reason && isAborted(error)) throw reason;
        reason = named(error);
        throw reason;
      }
    },
  };
};
