import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['eslint.config.js', '.dependency-cruiser.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  refused(['src/**/*.ts'], teamsSdk, azureSdk),
  refused(['src/practice/**/*.ts'], allButItsOwn),
  refused(['src/teams/**/*.ts'], azureSdk),
  // The exporter that Azure Monitor asks for is in src/telemetry, which starts it.
  refused(['src/storage/**/*.ts', 'src/telemetry/**/*.ts'], teamsSdk),
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
