const hexOf = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The key under which a form is sent: pressed twice it is one request, but going back and sending
 * something else from the same page is another one.
 */
export const onceFor = async (formKey: string, content: unknown) => {
  const said = new TextEncoder().encode(`${formKey} ${JSON.stringify(content)}`);
  const key = hexOf(await crypto.subtle.digest('SHA-256', said));
  return { headers: { 'Idempotency-Key': key } };
};
