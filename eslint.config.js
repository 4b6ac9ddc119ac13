import { defineConfig } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** The rooms of src, and what each may import of src besides itself. Only src/*.ts, the wiring, may import all. */
const mayUse = {
  practice: [],
  audit: ['practice'],
  cards: ['practice'],
  documents: ['practice'],
  imports: ['practice'],
  delivery: ['practice', 'log.ts'],
  schedule: ['practice', 'log.ts'],
  storage: ['practice', 'audit', 'delivery', 'schedule', 'config.ts', 'log.ts'],
  teams: ['practice', 'cards', 'delivery', 'config.ts', 'log.ts'],
  http: ['practice', 'log.ts'],
  local: ['practice', 'imports', 'config.ts', 'foundation.ts'],
  cli: [
    ...['practice', 'audit', 'delivery', 'documents', 'imports', 'local', 'storage'],
    ...['config.ts', 'features.ts', 'foundation.ts'],
  ],
};
const walls = Object.entries(mayUse).map(([room, others]) => ({
  target: `src/${room}`,
  from: 'src',
  except: [room, ...others],
  message: `What src/${room} may import is in eslint.config.js.`,
}));

const importing = 'ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression';
/** Files may not import, statically or when asked, what these name: a regular expression without slashes, and why. */
const refused = (files, ...what) => ({
  files,
  rules: {
    'no-restricted-syntax': [
      'error',
      ...what.map(([names, message]) => ({
        selector: `:matches(${importing})[source.value=/${names}/]`,
        message,
      })),
    ],
  },
});
const teamsSdk = [
  '^(botbuilder|botframework-|@microsoft.teams-ai)',
  'Only src/teams knows the Teams SDK (docs/decisions/0003).',
];
const azureSdk = ['^@azure.', 'Only src/storage knows Azure.'];
const allButItsOwn = [
  '^(?![.]|temporal-polyfill$|zod$)',
  'src/practice is the framework itself: it imports only itself, Temporal, and zod to read what comes in.',
];

export default defineConfig(
  // The peers are a package of their own, in JavaScript, whose dependencies are not installed with ours.
  { ignores: ['dist', 'node_modules', '.data', '.ci', 'test/bench/peers'] },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', '.dependency-cruiser.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: walls }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['eslint.config.js', '.dependency-cruiser.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  refused(['src/**/*.ts'], teamsSdk, azureSdk),
  refused(['src/practice/**/*.ts'], allButItsOwn),
  refused(['src/teams/**/*.ts'], azureSdk),
  // The exporter that Azure Monitor asks for is in telemetry.ts, which starts it.
  refused(['src/storage/**/*.ts', 'src/telemetry.ts'], teamsSdk),
  {
    files: ['src/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\./documents/', message: 'A start waits for no document: import() it when asked.' },
          ],
        },
      ],
    },
  },
  { files: ['test/**/*.ts', 'src/cli/**/*.ts', 'src/local/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
