// Features stand in one line; each may look only to its left.
const features = require('./api/features.json');

const money = features.slice(features.indexOf('billing_accounts'), features.indexOf('drawers') + 1);

const either = (names) => `(${names.join('|')})`;
const role = (...names) => `^api/[^/]+/${either(names)}(/|\\.ts$)`;
const values = { dependencyTypesNot: ['type-only'] };
const composition = '^api/(server|worker|context|house)\\.ts$';
const drizzle = '^node_modules/(drizzle-orm|pg)/';
const hono = '^node_modules/(hono|hono-openapi|@hono)/';

const looksOnlyLeft = features.slice(0, -1).flatMap((feature, rank) =>
  ['api', 'web/src/lib'].map((root) => ({
    name: `${feature}-looks-only-left`,
    severity: 'error',
    from: { path: `^${root}/${feature}/` },
    to: { path: `^${root}/${either(features.slice(rank + 1))}/` },
  })),
);

const shape = [
  { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'everything-resolves',
    comment: '$app and ./$types are made by SvelteKit; svelte-check resolves them',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(\\$(app|env)/|\\./\\$types$)' },
  },
  {
    name: 'no-orphans',
    severity: 'error',
    from: { orphan: true, pathNot: '\\.d\\.ts$|^web/src/(routes|hooks|app\\.)|^api/server\\.ts$' },
    to: {},
  },
  {
    name: 'no-development-packages-at-run-time',
    severity: 'error',
    from: { path: '^(api|db|web)/' },
    to: { ...values, dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
  },
  {
    name: 'nothing-imports-tests',
    severity: 'error',
    from: { path: '^(api|web|db|standins|scripts)/' },
    to: { path: '^test/' },
  },
];

const besideTheProduct = [
  {
    name: 'the-product-holds-no-stand-in',
    severity: 'error',
    from: { path: '^(api|db|web|scripts)/' },
    to: { path: '^standins/' },
  },
  {
    name: 'stand-ins-know-nothing-of-the-product',
    comment: 'what both misread alike, no test would see',
    severity: 'error',
    from: { path: '^standins/' },
    to: { path: '^(api|db|web|scripts)/' },
  },
];

const inTheApi = [
  {
    name: 'rules-are-pure',
    severity: 'error',
    from: { path: [role('rules', 'schema', 'errors'), '^api/shared/'] },
    to: {
      pathNot: [
        role('rules', 'schema', 'errors'),
        '^api/shared/',
        '^node_modules/(zod|@holiday-jp)/',
        '^node_modules/(luxon|@types/luxon)/',
      ],
    },
  },
  {
    name: 'luxon-behind-shared-time',
    severity: 'error',
    from: {
      path: [role('rules', 'schema', 'errors'), '^api/shared/'],
      pathNot: '^api/shared/time',
    },
    to: { path: '^node_modules/luxon/', ...values },
  },
  {
    name: 'shared-knows-no-feature',
    severity: 'error',
    from: { path: '^api/shared/' },
    to: { path: '^api/(?!shared/)' },
  },
  {
    name: 'http-knows-only-accounts',
    severity: 'error',
    from: { path: '^api/http/' },
    to: { path: `^api/${either(features.filter((name) => name !== 'accounts'))}/`, ...values },
  },
  {
    name: 'tables-stay-in-stores',
    severity: 'error',
    from: { path: '^api/', pathNot: [role('store'), '^api/adapters/'] },
    to: { path: ['^db/(schema|migrations)/', drizzle] },
  },
  {
    name: 'money-reads-no-table-of-what-is-paid-for',
    severity: 'error',
    from: { path: `^api/${either(money)}/` },
    to: {
      path: `^db/schema/(amendments|${either(features.slice(features.indexOf(money.at(-1)) + 1))})\\.ts$`,
    },
  },
  {
    name: 'adapters-see-only-the-sign-in-tables',
    severity: 'error',
    from: { path: '^api/adapters/' },
    to: { path: ['^db/schema/(?!accounts\\.ts$)', drizzle], ...values },
  },
  {
    name: 'only-stores-reach-the-database',
    severity: 'error',
    from: { path: '^api/', pathNot: [role('store'), '^api/adapters/', composition] },
    to: { path: '^db/', ...values },
  },
  {
    name: 'no-foreign-store',
    severity: 'error',
    from: { path: '^api/([^/]+)/' },
    to: { path: role('store', 'routes', 'jobs'), pathNot: '^api/$1/' },
  },
  {
    name: 'doors-call-actions',
    comment: 'routes and jobs call actions; stores are called by actions only',
    severity: 'error',
    from: { path: role('routes', 'jobs') },
    to: { path: role('store') },
  },
  {
    name: 'http-stays-at-the-door',
    severity: 'error',
    from: {
      path: '^api/',
      pathNot: [role('routes'), '^api/(app|server|worker)\\.ts$', '^api/http/'],
    },
    to: { path: [hono, '^api/http/'] },
  },
  {
    name: 'only-the-server-picks-adapters',
    severity: 'error',
    from: { path: '^api/', pathNot: [composition, '^api/adapters/'] },
    to: { path: '^api/adapters/', ...values },
  },
  {
    name: 'features-do-not-reach-up',
    comment: 'the context is a type to them; app, server and worker are above',
    severity: 'error',
    from: { path: '^api/(?!http/)[^/]+/' },
    to: { path: '^api/[^/]+\\.ts$', ...values },
  },
];

const inTheWeb = [
  {
    name: 'web-imports-only-pure-api',
    severity: 'error',
    from: { path: '^web/' },
    to: { path: '^api/', pathNot: [role('rules', 'schema', 'errors'), '^api/shared/'], ...values },
  },
  {
    name: 'web-takes-types-from-the-app-only',
    severity: 'error',
    from: { path: '^web/' },
    to: {
      path: '^api/',
      pathNot: [role('rules', 'schema', 'errors'), '^api/shared/', '^api/app\\.ts$'],
    },
  },
  { name: 'web-never-sees-db', severity: 'error', from: { path: '^web/' }, to: { path: '^db/' } },
  {
    name: 'ui-knows-no-feature',
    comment: 'lists and languages are no features',
    severity: 'error',
    from: { path: '^web/src/lib/ui/' },
    to: {
      path: '^(api/(?!shared/(lists|languages)\\.ts)|web/src/lib/(?!ui/|words/)|web/src/routes/)',
    },
  },
  {
    name: 'components-do-not-import-pages',
    severity: 'error',
    from: { path: '^web/src/lib/' },
    to: { path: '^web/src/routes/' },
  },
];

const inTheDatabase = [
  {
    name: 'db-imports-only-db',
    severity: 'error',
    from: { path: '^db/', pathNot: '^db/(seeds|schema)/' },
    to: { path: '^(api|web)/' },
  },
  {
    name: 'tables-know-schemas-only',
    comment: 'a column of JSON names the schema its feature reads it by',
    severity: 'error',
    from: { path: '^db/schema/' },
    to: { path: '^(api|web)/', pathNot: [role('rules', 'schema'), '^api/shared/'] },
  },
  {
    name: 'seeds-go-through-actions',
    severity: 'error',
    from: { path: '^db/seeds/' },
    to: {
      path: '^(api|web)/',
      pathNot: [role('rules', 'schema', 'errors', 'actions'), '^api/(shared/|context\\.ts$)'],
    },
  },
];

module.exports = {
  forbidden: [
    ...shape,
    ...besideTheProduct,
    ...inTheApi,
    ...inTheWeb,
    ...inTheDatabase,
    ...looksOnlyLeft,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.svelte-kit|^build/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
    },
  },
};
