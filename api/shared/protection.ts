/** What every answer tells a browser, be it data or a page. */
export const protection = (isSecure: boolean): Readonly<Record<string, string>> => ({
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  ...(isSecure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
});

interface Asked {
  readonly method: string;
  readonly headers: Headers;
}

/**
 * Whether another site makes a browser write here. Browsers say where they come from when they write;
 * who says nothing is a program, and brings its session by itself.
 */
export const isFromElsewhere = (
  { method, headers }: Asked,
  isOwn: (origin: string) => boolean,
): boolean => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return false;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site === null && origin === null) return false;
  return site !== 'same-origin' && !(origin !== null && isOwn(origin));
};
