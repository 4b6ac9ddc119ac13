/**
 * The walls of the house (docs/architecture.md). A floor of `src/practice` imports itself and what lies
 * below it, types included; a room beside it imports what is listed. Only `src/*.ts`, the wiring, imports all.
 */

/** Lowest first. Features stand in the order in which one may set off another: a review raises an alert, never the reverse. */
const floors = [
  ['base'],
  ['council'],
  ['plr'],
  ['draw', 'firewall', 'forms'],
  ['surface'],
  ['actions'],
  ['moderation'],
  ['alerts'],
  ['reviews'],
  ['sharing'],
  ['cycles'],
  ['learning'],
  ['records'],
  ['process'],
  ['reporting'],
];

/** What a room beside the framework imports of `src`, besides itself. */
const rooms = {
  audit: ['practice'],
  cards: ['practice'],
  documents: ['practice'],
  imports: ['practice'],
  delivery: ['practice', 'log.ts'],
  schedule: ['practice', 'log.ts'],
  telemetry: ['practice', 'delivery', 'log.ts'],
  lifecycle: [],
  storage: ['practice', 'audit', 'delivery', 'schedule', 'config.ts', 'log.ts'],
  conversation: ['practice', 'audit', 'delivery', 'teams', 'cards', 'log.ts'],
  teams: ['practice', 'cards', 'delivery', 'config.ts', 'log.ts'],
  http: ['practice', 'log.ts'],
  local: ['practice', 'imports', 'config.ts', 'foundation.ts'],
  cli: [
    ...['practice', 'audit', 'delivery', 'documents', 'imports', 'local', 'storage'],
    ...['config.ts', 'features.ts', 'foundation.ts'],
  ],
};

const path = (names) => names.map((name) => (name.endsWith('.ts') ? `^src/${name}$` : `^src/${name}/`));
const floorRules = floors.flatMap((siblings, level) =>
  siblings.map((floor) => ({
    name: `floor-${floor}`,
    comment: `src/practice/${floor} imports itself and the floors below it.`,
    severity: 'error',
    from: { path: `^src/practice/${floor}/` },
    to: {
      path: '^src/',
      pathNot: [floor, ...floors.slice(0, level).flat()].map((name) => `^src/practice/${name}/`),
    },
  })),
);
const roomRules = Object.entries(rooms).map(([room, others]) => ({
  name: `room-${room}`,
  comment: `What src/${room} imports is listed in .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: path([room, ...others]) },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need one another are one thing, or have a third in common. Types count.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-circular-tests',
      comment: 'Test files may know one another’s types; what one runs may not go round.',
      severity: 'error',
      from: { path: '^test/', pathNot: '^test/data/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'on-a-floor',
      comment: 'Each file of the framework lies on one of its floors.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/practice/', pathNot: floors.flat().map((floor) => `^src/practice/${floor}/`) },
    },
    ...floorRules,
    ...roomRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
