import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { idempotencyKeys } from '#db/schema/http.ts';

export interface FirstRequest {
  readonly owner: string;
  readonly key: string;
  readonly requestSha256: string;
}

export type AnswerBody = Readonly<Record<string, unknown>>;

export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'running' }
  | { readonly kind: 'other_content' }
  | { readonly kind: 'answered'; readonly status: number; readonly body: AnswerBody | null };

const leaseMinutes = 2;
const keptHours = 48;

/** Takes the key for this request, or tells what became of the first one; a dead first one loses its lease. */
export const claimKey = async (db: Queryable, request: FirstRequest, now: Date): Promise<Claim> => {
  const stale = new Date(now.getTime() - leaseMinutes * 60_000);
  const made = await db
    .insert(idempotencyKeys)
    .values({ ...request, createdAt: now })
    .onConflictDoUpdate({
      target: [idempotencyKeys.owner, idempotencyKeys.key],
      set: { createdAt: now, requestSha256: request.requestSha256 },
      setWhere: sql`${idempotencyKeys.status} is null and ${idempotencyKeys.createdAt} < ${stale.toISOString()}::timestamptz`,
    })
    .returning({ key: idempotencyKeys.key });
  if (made.length > 0) return { kind: 'first' };
  const [seen] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.owner, request.owner), eq(idempotencyKeys.key, request.key)));
  if (!seen) return { kind: 'running' };
  if (seen.requestSha256 !== request.requestSha256) return { kind: 'other_content' };
  return seen.status === null
    ? { kind: 'running' }
    : { kind: 'answered', status: seen.status, body: seen.body };
};

const isKey = ({ owner, key }: FirstRequest) =>
  and(eq(idempotencyKeys.owner, owner), eq(idempotencyKeys.key, key));

export const saveAnswer = async (
  db: Queryable,
  request: FirstRequest,
  status: number,
  body: AnswerBody,
) => {
  await db.update(idempotencyKeys).set({ status, body }).where(isKey(request));
};

/** Frees a key whose request failed on our side, so that a repeat may succeed. */
export const removeKey = async (db: Queryable, request: FirstRequest) => {
  await db.delete(idempotencyKeys).where(and(isKey(request), isNull(idempotencyKeys.status)));
};

export const removeOldKeys = async (db: Queryable, now: Date) => {
  const oldest = new Date(now.getTime() - keptHours * 3_600_000);
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, oldest));
};
