import { isMap, isSeq, LineCounter, parseDocument, type Pair } from 'yaml';

type Located = { readonly range?: readonly number[] | null } | null | undefined;

const startOf = (node: unknown) => (node as Located)?.range?.[0];

/** The entry of a map or list a dotted path goes on into; names may hold dots themselves. */
const stepInto = (node: unknown, path: string) => {
  const entries: [string, unknown, unknown][] = isMap(node)
    ? node.items.map((pair: Pair) => [
        String((pair.key as { value?: unknown } | null)?.value ?? pair.key),
        pair.key,
        pair.value,
      ])
    : isSeq(node)
      ? node.items.map((item, at) => [String(at), item, item])
      : [];
  return entries
    .filter(([name]) => path === name || path.startsWith(`${name}.`))
    .toSorted(([one], [other]) => other.length - one.length)[0];
};

/** The line of a path, or of the nearest thing around it that is there. */
export const lineOfPath = (
  document: ReturnType<typeof parseDocument>,
  counter: LineCounter,
  path: string,
): number | undefined => {
  let node: unknown = document.contents;
  let rest = path;
  let offset: number | undefined;
  while (rest !== '') {
    const next = stepInto(node, rest);
    if (!next) break;
    const [name, key, value] = next;
    offset = startOf(key) ?? offset;
    node = value;
    rest = rest.slice(name.length + 1);
  }
  return offset === undefined ? undefined : counter.linePos(offset).line;
};

export const lineInText = (text: string, path: string): number | undefined => {
  const lineCounter = new LineCounter();
  return lineOfPath(parseDocument(text, { lineCounter }), lineCounter, path);
};
