import { invalidRequest } from './refusal.ts';

export interface FormObject {
  [key: string]: FormValue;
}
export type FormValue = string | FormObject | FormValue[];

const keyForm = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const depthMax = 6;

const segmentsOf = (key: string): string[] => {
  const parts = keyForm.exec(key);
  if (!parts) throw invalidRequest(`Invalid parameter name: ${key}`, { param: key });
  const inner = [...parts[2]!.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1]!);
  const segments = [parts[1]!, ...inner];
  if (segments.length > depthMax || segments.includes('__proto__')) {
    throw invalidRequest(`Invalid parameter name: ${key}`, { param: key });
  }
  return segments;
};

const put = (target: FormObject, segments: readonly string[], key: string, value: string) => {
  const [head, ...rest] = segments as [string, ...string[]];
  const name = head === '' ? String(Object.keys(target).length) : head;
  if (rest.length === 0) {
    if (name in target) throw invalidRequest(`Parameter given twice: ${key}`, { param: key });
    target[name] = value;
    return;
  }
  const inner = (target[name] ??= Object.create(null) as FormObject);
  if (typeof inner !== 'object' || Array.isArray(inner)) {
    throw invalidRequest(`Parameter is both a value and a hash: ${key}`, { param: key });
  }
  put(inner, rest, key, value);
};

/** Hashes whose keys count 0, 1, 2 … are lists. */
const withLists = (value: FormValue): FormValue => {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key], at) => key === String(at));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};

/** `a[b][0]=c` as an object; a name that does not parse or is given twice is refused. */
export const parseForm = (text: string): FormObject => {
  const root = Object.create(null) as FormObject;
  for (const [key, value] of new URLSearchParams(text)) put(root, segmentsOf(key), key, value);
  const entries = Object.entries(root).map(([key, inner]) => [key, withLists(inner)] as const);
  return Object.fromEntries(entries);
};

/** How Stripe names a parameter: `payment_method_data[billing_details][name]`. */
export const parameterName = (path: readonly PropertyKey[]): string =>
  path.map((step, at) => (at === 0 ? String(step) : `[${String(step)}]`)).join('');
