import { z } from 'zod';

/**
 * The sign-in library takes fewer addresses for mail addresses than there are (`taro..abc@docomo.ne.jp`
 * was given out by a carrier). It knows such an account by an address in a spelling it takes; our
 * tables, pages and letters know the true one.
 */
const taken = z.email();
const escape = /\+([0-9a-f]{2})/g;
/** No domain of the network ends so; it stands behind a last label that is not of letters alone. */
const ending = '.idn';

const hex = (letter: string) => `+${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

const spelledOut = (address: string): string => {
  const isSame =
    taken.safeParse(address).success && !address.match(escape) && !address.endsWith(ending);
  if (isSame) return address;
  const at = address.lastIndexOf('@');
  const domain = address.slice(at);
  const isNamed = /\.[a-z]+$/.test(domain) && !domain.endsWith(ending);
  return address.slice(0, at).replace(/[^a-z0-9_-]/g, hex) + domain + (isNamed ? '' : ending);
};

const trueAddress = (spelled: string): string => {
  const at = spelled.lastIndexOf('@');
  const local = spelled
    .slice(0, at)
    .replace(escape, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const domain = spelled.slice(at);
  return local + (domain.endsWith(ending) ? domain.slice(0, -ending.length) : domain);
};

type Row = Record<string, unknown>;

const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && value.includes('@');

const mapped = (row: Row, map: (address: string) => string): Row => {
  const email = row['email'];
  return isAddress(email) ? { ...row, email: map(email) } : row;
};

interface Condition {
  readonly field: string;
  readonly value: unknown;
}

const inward = (condition: Condition) =>
  condition.field === 'email' && isAddress(condition.value)
    ? { ...condition, value: trueAddress(condition.value) }
    : condition;

const outward = (found: unknown): unknown => {
  if (Array.isArray(found)) return found.map(outward);
  return found !== null && typeof found === 'object' ? mapped(found as Row, spelledOut) : found;
};

interface Asked {
  readonly model: string;
  readonly where?: readonly Condition[];
  readonly data?: Row;
  readonly update?: Row;
}

const translated = (asked: Asked): Asked => ({
  ...asked,
  ...(asked.where ? { where: asked.where.map(inward) } : {}),
  ...(asked.data ? { data: mapped(asked.data, trueAddress) } : {}),
  ...(asked.update ? { update: mapped(asked.update, trueAddress) } : {}),
});

type Method = (...given: readonly unknown[]) => unknown;

const isAsked = (given: unknown): given is Asked =>
  given !== null && typeof given === 'object' && 'model' in given;

const call =
  (adapter: object, method: Method, name: string | symbol): Method =>
  (...given) => {
    const [first, ...rest] = given;
    if (name === 'transaction') {
      const run = first as (inner: object) => unknown;
      return method.call(adapter, (inner: object) => run(translating(inner)));
    }
    if (!isAsked(first)) return method.apply(adapter, [...given]);
    return Promise.resolve(method.call(adapter, translated(first), ...rest)).then(outward);
  };

/** The library's way to the tables, where every address is in its spelling on one side alone. */
const translating = <Adapter extends object>(adapter: Adapter): Adapter =>
  new Proxy(adapter, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? call(target, member as Method, name) : member;
    },
  });

export const withTrueAddresses =
  <Options, Adapter extends object>(open: (options: Options) => Adapter) =>
  (options: Options): Adapter =>
    translating(open(options));

/** A request to the library, in which an address stands in its spelling. */
export const withSpelledAddress = async (request: Request): Promise<Request> => {
  if (request.method !== 'POST') return request;
  const { url, method, headers } = request;
  const body = (await request.json()) as Row;
  return new Request(url, { method, headers, body: JSON.stringify(mapped(body, spelledOut)) });
};
