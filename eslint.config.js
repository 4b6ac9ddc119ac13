import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** A wall: files of `room` may not import what `patterns` names, and `message` says why. */
const wall = (room, patterns, message) => ({
  files: [`src/${room}/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: patterns.join('|'), message }] }] },
});

const teamsSdk = '^botbuilder',
  azureSdk = '^@azure/',
  teamsAi = '^@microsoft/teams-ai';
const room = (...names) => names.map((name) => `^(\\.\\./)+${name}/`);
const sdks = [teamsSdk, teamsAi, azureSdk];

export default tseslint.config(
  // The peers are a package of their own, in JavaScript, whose dependencies are not installed with ours.
  { ignores: ['dist', 'node_modules', '.data', 'coverage', '.ci', 'test/bench/peers'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
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
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  // The walls of the house (docs/decisions): each room is known by what it may not import.
  wall(
    'practice',
    [
      '^node:',
      ...sdks,
      ...room(
        'teams',
        'storage',
        'delivery',
        'http',
        'cli',
        'local',
        'cards',
        'documents',
        'schedule',
        'audit',
        'imports',
      ),
      '^(?!\\.{1,2}/|temporal-polyfill$|zod$)',
    ],
    'src/practice is the framework itself: it imports only itself, Temporal, and zod to read what comes in.',
  ),
  wall(
    'delivery',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local')],
    'Delivery knows Teams and storage through ports only.',
  ),
  wall(
    'schedule',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local')],
    'The schedule knows the rest through ports only.',
  ),
  wall(
    'audit',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local')],
    'The log knows the rest through ports only.',
  ),
  wall(
    'storage',
    [teamsSdk, teamsAi, ...room('teams', 'http', 'cli', 'local', 'cards', 'documents')],
    'Storage is the only room that knows Azure, and it knows nothing of Teams.',
  ),
  wall(
    'teams',
    [azureSdk, ...room('storage', 'cli', 'local', 'documents')],
    'Teams is the only room that knows the Teams SDK, and it knows nothing of storage.',
  ),
  wall(
    'cards',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local', 'delivery')],
    'Cards are made from data alone.',
  ),
  wall(
    'documents',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local', 'delivery')],
    'Documents are made from data alone.',
  ),
  wall(
    'imports',
    [...sdks, ...room('teams', 'storage', 'http', 'cli', 'local', 'delivery')],
    'Imports turn files into the framework’s own types, nothing more.',
  ),
  wall(
    'http',
    [...sdks, ...room('storage', 'cli', 'local', 'delivery')],
    'The door: it hands what comes in to src/teams.',
  ),
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
