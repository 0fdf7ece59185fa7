import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const everywhere = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name; one thing has one name wherever it is imported.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: import from the file that has it.',
  },
];

const words = [
  {
    selector: 'MemberExpression[property.name=/^toLocale(Date|Time)?String$/]',
    message:
      'Dates and numbers are put into words in api/shared/languages.ts and web/src/lib/words only.',
  },
];

const pure = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Rules have no clock: the instant is an argument.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'Rules have no clock: the instant is an argument.',
  },
  {
    selector: 'MemberExpression[object.name="DateTime"][property.name=/^(now|local|utc)$/]',
    message: 'Rules have no clock: the instant is an argument.',
  },
  { selector: ':function[async=true]', message: 'Rules decide at once: nothing here waits.' },
  { selector: 'AwaitExpression', message: 'Rules decide at once: nothing here waits.' },
];

const impureGlobals = [
  'process',
  'crypto',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'localStorage',
  'document',
  'window',
  'globalThis',
].map((name) => ({
  name,
  message: 'Rules touch nothing outside: what they need is an argument.',
}));

const intl = {
  name: 'Intl',
  message:
    'Dates and numbers are put into words in api/shared/languages.ts and web/src/lib/words only.',
};

const pureFiles = [
  'api/shared/**/*.ts',
  'api/*/rules.ts',
  'api/*/rules/**/*.ts',
  'api/*/schema.ts',
  'api/*/schema/**/*.ts',
  'api/*/errors.ts',
  'api/*/errors/**/*.ts',
  // What pages decide is an argument away from the clock as well.
  'web/src/lib/*/{asked,board,clock,configurations,finder,grid,next_step,plan,week,wish}.ts',
];

const wordFiles = ['web/src/lib/words/**', 'api/shared/languages.ts', 'test/**'];

const typed = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
  ],
};

const syntax = {
  '@typescript-eslint/ban-ts-comment': [
    'error',
    { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
  ],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-empty-object-type': 'off',
  '@typescript-eslint/no-explicit-any': 'error',
  // `!` states what the line before has shown; noUncheckedIndexedAccess makes it frequent.
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  eqeqeq: ['error', 'always'],
  'no-restricted-globals': ['error', intl],
  'no-restricted-syntax': ['error', ...everywhere, ...words],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

export default tseslint.config(
  { ignores: ['build/', '.svelte-kit/', '.data/', 'coverage/', 'test-results/', 'db/migrations/'] },
  // No comment can switch a rule off: an exception is written here, where it is seen.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { ...syntax, ...typed },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: {
      '@typescript-eslint/consistent-type-imports':
        syntax['@typescript-eslint/consistent-type-imports'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': syntax['@typescript-eslint/no-unused-vars'],
      'no-restricted-globals': ['error', intl],
      'no-restricted-syntax': ['error', ...words],
      // The pages live at the root of their host; there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: pureFiles,
    rules: {
      'no-restricted-globals': ['error', intl, ...impureGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Rules have no clock.' },
        { object: 'Math', property: 'random', message: 'Rules have no chance.' },
      ],
      'no-restricted-syntax': ['error', ...everywhere, ...words, ...pure],
    },
  },
  {
    files: wordFiles,
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['api/documents/{rules,schema,errors}{.ts,/**/*.ts}'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', ...everywhere, ...pure],
    },
  },
  // A test reads an answer as it comes and says what it expects of it.
  {
    files: ['test/fixtures/app.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  { files: ['api/**/*.ts'], rules: { 'no-console': 'error' } },
  { files: ['api/{server,worker}.ts'], rules: { 'no-console': 'off' } },
  // Their tools ask for a default export.
  {
    files: ['*.config.ts', 'test/**/*.setup.ts'],
    rules: { 'no-restricted-syntax': ['error', ...words] },
  },
);
