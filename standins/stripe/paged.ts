import type { Context } from 'hono';
import type { html } from 'hono/html';

export const pagesPath = '/stand-in/stripe';

const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

/** A page that runs no script and sends its forms to its own house only. */
export const page = (
  c: Context,
  content: ReturnType<typeof html>,
  status: 200 | 404 | 409 | 422 = 200,
) => {
  c.header('Content-Security-Policy', policy);
  return c.html(content, status);
};
