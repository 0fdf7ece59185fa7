import type { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import type { House } from '../context.ts';
import type { AppEnvironment } from './environment.ts';
import { sessionCookieName } from './session.ts';

type Document = Awaited<ReturnType<typeof generateSpecs>>;
type Operation = NonNullable<NonNullable<Document['paths']>[string]>['get'] & object;
type Node = Record<string, unknown>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Sent again with the same key, the first answer comes again and nothing happens twice',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/** What every route has in common is said here, once; what a route says itself stays. */
const complete = (method: string, operation: Operation): Operation => {
  const needsSession = '401' in (operation.responses ?? {});
  return {
    security: needsSession ? [{ session: [] }] : [],
    ...operation,
    ...(method === 'post' ? { parameters: [...(operation.parameters ?? []), idempotencyKey] } : {}),
    responses: { ...operation.responses, ...anyOther },
  };
};

const anyOther = {
  default: {
    description: 'Any other error, in the same form',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  },
};

/** The names of fields say what their text is: `usedOn` a day, `startsAt` an instant. */
const formatOf = (name: string): string | undefined => {
  if (/(?:^|[a-z])(?:At)$/.test(name)) return 'date-time';
  return /^date$|[a-z]On$/.test(name) ? 'date' : undefined;
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const isPlainText = (schema: Node) =>
  schema['type'] === 'string' &&
  !['format', 'pattern', 'enum', 'const'].some((key) => key in schema);

const giveFormat = (schema: unknown, format: string): void => {
  if (!isNode(schema)) return;
  if (isPlainText(schema)) schema['format'] = format;
  for (const choice of (schema['anyOf'] as unknown[] | undefined) ?? []) giveFormat(choice, format);
};

const giveFormats = (value: unknown): void => {
  if (!isNode(value)) return;
  for (const [name, schema] of Object.entries((value['properties'] as Node | undefined) ?? {})) {
    const format = formatOf(name);
    if (format) giveFormat(schema, format);
  }
  for (const inner of Object.values(value)) giveFormats(inner);
};

const described = async (app: Hono<AppEnvironment>, { settings }: House) => {
  const document = await generateSpecs(app, {
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: '会館 Kaikan API',
        version: '1.0.0',
        description: 'Booking, fees, payment, papers and occupancy of the public halls.',
      },
      servers: [{ url: settings.publicUrl }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookieName(settings.publicUrl),
            description: 'Set by `POST /api/accounts/sign-in`',
          },
          stripeSignature: { type: 'apiKey', in: 'header', name: 'Stripe-Signature' },
        },
      },
    },
  });
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const operation = path?.[method];
      if (path && operation) path[method] = complete(method, operation);
    }
  }
  giveFormats(document);
  return document;
};

/** The description of every route that is mounted, worked out when it is first asked for. */
export const describeApi = (app: Hono<AppEnvironment>, house: House) => {
  let document: Promise<Document> | undefined;
  return () => (document ??= described(app, house));
};
