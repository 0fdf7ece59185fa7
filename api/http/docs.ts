import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { Hono } from 'hono';
import type { AppEnvironment } from './environment.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Kaikan API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#ui', validatorUrl: null });`;

const forAnybody = { 'cache-control': 'public, max-age=300' };

const asset = (name: string, type: string) => async () =>
  new Response(await readFile(path.join(folder, name)), {
    headers: { 'content-type': type, ...forAnybody },
  });

/** The API description for people, served by us: nothing is fetched from elsewhere. */
export const docsRoutes = new Hono<AppEnvironment>()
  .get('/', (c) => c.html(page, 200, forAnybody))
  .get('/start.js', (c) => c.body(start, 200, { 'content-type': 'text/javascript', ...forAnybody }))
  .get('/swagger-ui.css', asset('swagger-ui.css', 'text/css'))
  .get('/swagger-ui-bundle.js', asset('swagger-ui-bundle.js', 'text/javascript'));
