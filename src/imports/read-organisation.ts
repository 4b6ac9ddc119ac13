import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRoster, rosterKinds, type RosterKind } from '../practice/council/check-roster.js';
import { rungPosts } from '../practice/council/ladder.js';
import type { Case, Person, Roster, Service, Team } from '../practice/council/organisation.js';
import type { ImportProblem } from './read-csv.js';
import { readRows, type RowsRead } from './read-rows.js';
import { guid } from './roster-cells.js';
import { rosterFiles } from './roster-files.js';

/** All or nothing: a roster with every row of every file, or everything that has to be put right first. */
export type OrganisationRead =
  | { readonly roster: Roster; readonly warnings: readonly ImportProblem[] }
  | { readonly errors: readonly ImportProblem[] };

/** The bytes of each file; a file that is not there is absent. */
export type RosterBytes = { readonly [Kind in RosterKind]?: Uint8Array };

/** Reads `services.csv`, `teams.csv`, `people.csv` and `cases.csv` as a whole. */
export async function readOrganisation(folder: string): Promise<OrganisationRead> {
  const [services, teams, people, cases] = await Promise.all(
    rosterKinds.map((kind) => bytesOf(join(folder, rosterFiles[kind].file))),
  );
  return readOrganisationFiles({
    ...(services && { services }),
    ...(teams && { teams }),
    ...(people && { people }),
    ...(cases && { cases }),
  });
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

interface FilesRead {
  readonly services: RowsRead<Service>;
  readonly teams: RowsRead<Team>;
  readonly people: RowsRead<Person>;
  readonly cases: RowsRead<Case>;
}

export function readOrganisationFiles(bytes: RosterBytes): OrganisationRead {
  const read: FilesRead = {
    services: readRows(rosterFiles.services, bytes.services),
    teams: readRows(rosterFiles.teams, bytes.teams),
    people: readRows(rosterFiles.people, bytes.people),
    cases: readRows(rosterFiles.cases, bytes.cases),
  };
  const errors = inOrder([
    ...rosterKinds.flatMap((kind) => read[kind].problems),
    ...emptyFiles(read),
    ...problemsBetweenRows(read),
  ]);
  if (errors.length > 0) return { errors };
  const { services, teams, people, cases } = read;
  return {
    roster: { services: services.whole, teams: teams.whole, people: people.whole, cases: cases.whole },
    warnings: [
      ...rosterKinds.flatMap((kind) => read[kind].warnings),
      ...unusualIds(read.people),
      ...vacantPosts(read),
    ],
  };
}

/** A file with nothing but its header is an export that went wrong: importing it would end everyone. */
function emptyFiles(read: FilesRead): ImportProblem[] {
  return rosterKinds.flatMap((kind) => {
    if (kind === 'cases' || read[kind].incomplete || read[kind].drafts.length > 0) return [];
    const { file, columns } = rosterFiles[kind];
    const reason = `The file has a header and nothing else. Add the ${kind}.`;
    return [{ file, line: 1, column: columns.id, reason }];
  });
}

function problemsBetweenRows(read: FilesRead): ImportProblem[] {
  const draft = {
    services: read.services.drafts,
    teams: read.teams.drafts,
    people: read.people.drafts,
    cases: read.cases.drafts,
    incomplete: new Set(
      rosterKinds.filter((kind) => read[kind].incomplete || read[kind].drafts.length === 0),
    ),
  };
  return checkRoster(draft).map(({ kind, at, field, say, repeats }) => {
    const { file, columns } = rosterFiles[kind];
    const { lines } = read[kind];
    const seen = repeats === undefined ? '' : ` It is on line ${lines[repeats]} already.`;
    const column = (columns as Readonly<Partial<Record<string, string>>>)[field] ?? field;
    return { file, line: lines[at] ?? 1, column, reason: say + seen };
  });
}

/**
 * In the order of the files, their lines and their columns. Of several problems in one cell only the first,
 * from which the others follow; of a column that is missing altogether, only that.
 */
function inOrder(problems: readonly ImportProblem[]): ImportProblem[] {
  const cells = new Map<string, ImportProblem>();
  const columnOf = ({ file, column }: Pick<ImportProblem, 'file' | 'column'>) => `${file} ${column}`;
  const columns = new Set(problems.filter(({ line }) => line === 1).map(columnOf));
  for (const problem of problems) {
    if (problem.line > 1 && columns.has(columnOf(problem))) continue;
    const cell = `${columnOf(problem)} ${problem.line}`;
    if (!cells.has(cell)) cells.set(cell, problem);
  }
  const order = rosterKinds.flatMap((kind) => {
    const { file, columns } = rosterFiles[kind];
    return Object.values(columns).map((column) => columnOf({ file, column }));
  });
  const files = rosterKinds.map((kind) => rosterFiles[kind].file);
  return [...cells.values()].sort(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) ||
      a.line - b.line ||
      order.indexOf(columnOf(a)) - order.indexOf(columnOf(b)),
  );
}

/** A post that nobody holds is no fault: the warning says who has its work meanwhile. */
function vacantPosts({ services, teams }: FilesRead): ImportProblem[] {
  return [...vacantIn('services', services), ...vacantIn('teams', teams)];
}

const passedOver =
  'whoever is next above, or the QA leads, have its work, and an alert passes this step over';

const whoStandsIn: Readonly<Record<'services' | 'teams', Readonly<Record<string, string>>>> = {
  services: {
    linkReviewerId: 'the QA leads have the link reviewer’s work',
    ...Object.fromEntries(Object.values(rungPosts).map(({ post }) => [post, passedOver])),
  },
  teams: { teamManagerId: 'the Service Manager has the team’s work, and its alerts' },
};

function vacantIn<Kind extends keyof typeof whoStandsIn>(
  kind: Kind,
  { whole, lines }: FilesRead[Kind],
): ImportProblem[] {
  const { file, columns } = rosterFiles[kind];
  return whole.flatMap((row, at) =>
    Object.entries(whoStandsIn[kind]).flatMap(([post, meanwhile]) => {
      if (post in row) return [];
      const column = (columns as Readonly<Record<string, string>>)[post] ?? post;
      return [
        {
          file,
          line: lines[at] ?? 1,
          column,
          reason: `Nobody holds this post. Until somebody does, ${meanwhile}.`,
        },
      ];
    }),
  );
}

function unusualIds({ whole, lines }: RowsRead<Person>): ImportProblem[] {
  return whole.flatMap(({ aadObjectId }, at) => {
    if (guid.test(aadObjectId)) return [];
    const reason = 'This is not an Entra object id, so Teams will not know this person. Copy it from Entra.';
    return [{ file: rosterFiles.people.file, line: lines[at] ?? 1, column: 'aad_object_id', reason }];
  });
}
