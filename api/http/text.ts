import { createMiddleware } from 'hono/factory';
import type { AppError, ErrorField } from '../shared/error.ts';
import type { AppEnvironment } from './environment.ts';
import { fieldSentences, httpErrors } from './errors.ts';

/** NUL and half a surrogate pair: no database and no paper can hold them. */
export const isReadable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text);

/** How the same reads as an escape of JSON; elsewhere a body cannot hold it. */
const escaped = /\\u(?:0000|d[89a-f])/i;

/** Walked without recursion: a body may nest deeper than the stack. */
const unreadablePaths = (body: unknown): string[] => {
  const paths: string[] = [];
  const open: [path: string, value: unknown][] = [['', body]];
  for (let at = open.pop(); at; at = open.pop()) {
    const [path, value] = at;
    if (typeof value === 'string' && !isReadable(value)) paths.push(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (isReadable(key)) open.push([path === '' ? key : `${path}.${key}`, inner]);
      else paths.push(path);
    }
  }
  return paths.toReversed();
};

const refusal = (paths: readonly string[]): AppError => {
  const fields = paths.map((path): ErrorField => ({
    path,
    code: 'http.unreadable_text',
    ...fieldSentences.unreadable_text,
  }));
  return httpErrors.invalid_input({ fields });
};

const parsedOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Before any route reads it: text that nobody could have typed is refused with its field. In a path
 * it names nothing.
 */
export const refuseUnreadable = createMiddleware<AppEnvironment>(async (c, next) => {
  const { pathname, searchParams } = new URL(c.req.url);
  if (/%00/.test(pathname)) throw httpErrors.not_found();
  const inQuery = [...searchParams].filter((pair) => !pair.every(isReadable)).map(([name]) => name);
  if (inQuery.length > 0) throw refusal(inQuery);
  if (/json/i.test(c.req.header('content-type') ?? '')) {
    const text = await c.req.text();
    const paths = escaped.test(text) ? unreadablePaths(parsedOf(text)) : [];
    if (paths.length > 0) throw refusal(paths);
  }
  await next();
});
