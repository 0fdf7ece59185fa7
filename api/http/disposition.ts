import { asLine } from '../shared/text.ts';

/** What RFC 5987 leaves as it is; encodeURIComponent leaves a little more. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * How a file of this name is sent: the name as it is, and one in plain letters for programs that read
 * no other.
 */
export const disposition = (
  kind: 'attachment' | 'inline',
  name: string,
  plainName: string = asLine(name).replace(/[^ -~]|["\\%]/gu, '_'),
): string => `${kind}; filename="${plainName}"; filename*=UTF-8''${encoded(asLine(name))}`;
