import type { Command } from 'commander';
import { verifyPartition, type LoggedLink, type Verified } from '../audit/verify.js';
import { features } from '../features.js';
import { parseCycleId } from '../practice/plr/cycle.js';
import { refsIn } from '../practice/plr/plr-ref.js';
import type { CaseRef, CycleId, PersonId } from '../practice/base/ids.js';
import type { CalibrationExercise } from '../practice/moderation/calibration-exercise.js';
import { exerciseKind, exercisePartition } from '../practice/moderation/exercise-record.js';
import { plrKey, type Plr } from '../practice/plr/plr.js';
import { plrKind } from '../practice/plr/plr-kind.js';
import { TableLog } from '../storage/table-log.js';
import { act, Refused, writeOut, type CommandContext, type Result } from './run.js';

/** `plr audit`: the append-only log, checked end to end, and given out for one case or person. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the append-only log of who read or changed what');
  audit
    .command('verify')
    .description(
      'check the log end to end: any change, gap or reorder is named; keep the head hashes elsewhere',
    )
    .action(async (_options: unknown, command: Command) => {
      await act(command, verify);
    });
  audit
    .command('export')
    .description(
      'what the bot holds and has logged of one case or person, for a subject access request: the roster row, PLRs, every other document that names them, imported figures, messages',
    )
    .option('--case <CASE-REF>', 'the council’s case reference')
    .option('--person <PERSON-ID>', 'a person of the roster')
    .requiredOption('--out <FILE>', 'the JSON file to write')
    .action(async (options: ExportOptions, command: Command) => {
      await act(command, (context) => exportFor(context, options));
    });
}

async function verify({ foundation }: CommandContext): Promise<Result> {
  const log = new TableLog(foundation.clients.table);
  const verified: Verified[] = [];
  for (const partition of await foundation.registry.all())
    verified.push(await verifyPartition(partition, await log.documents(partition), log.links(partition)));
  const findings = verified.flatMap(({ partition, findings }) =>
    findings.map((finding) => ({ partition, ...finding })),
  );
  const result = {
    json: {
      ok: findings.length === 0,
      partitions: verified.map(({ findings: _, ...rest }) => rest),
      findings,
    },
    lines: [
      ...findings.map(
        ({ partition, document, sequence, breach }) =>
          `${partition} ${document}, line ${sequence}: ${breach}`,
      ),
      ...verified.map(
        ({ partition, documents, links, headHash }) =>
          `${partition.padEnd(12)} ${documents} documents, ${links} lines, head ${headHash}`,
      ),
    ],
  };
  const sum = (count: (one: Verified) => number) => verified.reduce((total, one) => total + count(one), 0);
  if (findings.length > 0) {
    const what = findings.length === 1 ? '1 thing is' : `${findings.length} things are`;
    throw new Refused(
      [
        ...result.lines,
        `${what} not as the log says: treat it as a security incident (docs/runbook.md).`,
      ].join('\n'),
      result.json,
    );
  }
  const whole = `The log is whole: ${sum(({ links }) => links)} lines of ${sum(({ documents }) => documents)} documents.`;
  return { ...result, lines: [...result.lines, whole] };
}

interface Whose {
  readonly case?: string;
  readonly person?: string;
}

interface ExportOptions extends Whose {
  readonly out: string;
}

async function exportFor({ foundation }: CommandContext, { out, ...whose }: ExportOptions): Promise<Result> {
  const { case: caseRef, person } = whose;
  if ((caseRef === undefined) === (person === undefined))
    throw new Refused('Say whose data is asked for: either --case CASE-REF or --person PERSON-ID.');
  const isTheirs = (plr: Plr) => (person === undefined ? plr.caseRef === caseRef : names(plr, person));
  const found = { about: { caseRef, person }, exportedAt: foundation.clock.now(), ...empty() };
  found.roster.push(...onTheRoster(foundation, whose));
  // Cycles first: only then is it known which PLRs are theirs, and so which lines of the lists in `council`.
  for (const partition of (await foundation.registry.all()).toReversed())
    await collect(foundation, partition, isTheirs, whose, found);
  const theirs = new Set(found.reviews.map(({ ref }) => ref));
  const exercises = await foundation.services.documents.list(exerciseKind, exercisePartition);
  found.exercises.push(
    ...exercises.filter((one) => theirs.has(one.ref) || (person !== undefined && names(one, person))),
  );
  await writeOut(out, `${JSON.stringify(found, null, 2)}\n`, 0o600);
  const counts = {
    reviews: found.reviews.length,
    log: found.log.length,
    messages: found.messages.length,
    out,
  };
  return {
    json: counts,
    lines: [
      `${counts.reviews} PLRs, ${counts.log} log lines and ${counts.messages} messages written to ${out}.`,
      'It may name other people too: have it read and redacted before it is handed over.',
    ],
  };
}

/** Whether a case or person has any part in it: whoever wrote, owned, moderated or was told something is named by their id. */
function names(part: unknown, id: string): boolean {
  if (typeof part !== 'object' || part === null) return part === id;
  return Object.entries(part).some(([name, value]) => name === id || names(value, id));
}

const empty = () => ({
  roster: [] as unknown[],
  reviews: [] as Plr[],
  exercises: [] as CalibrationExercise[],
  documents: [] as unknown[],
  history: [] as unknown[],
  log: [] as unknown[],
  messages: [] as unknown[],
});

/**
 * PLRs and exercises are left out here: a PLR is given out by itself, with a line on its log, and an exercise
 * names no case.
 */
const otherKinds = features
  .flatMap(({ kinds = [] }) => kinds)
  .filter(({ kind }) => kind !== plrKind.kind && kind !== exerciseKind.kind);

function onTheRoster({ council }: CommandContext['foundation'], { case: caseRef, person }: Whose): unknown[] {
  const { people, cases } = council()?.organisation ?? {};
  const row = person === undefined ? cases?.get(caseRef as CaseRef) : people?.get(person as PersonId);
  return row === undefined ? [] : [row];
}

/** What is theirs in one partition. That it was exported is itself a line of each log. */
async function collect(
  { clients, services, outbox }: CommandContext['foundation'],
  partition: string,
  isTheirs: (plr: Plr) => boolean,
  { case: caseRef, person }: Whose,
  found: ReturnType<typeof empty>,
): Promise<void> {
  const log = new TableLog(clients.table);
  const id = person ?? caseRef ?? '';
  const plrs = (await services.documents.list(plrKind, partition)).filter(isTheirs);
  const keys = plrs.map(({ cycleId, ref }) => plrKey(cycleId, ref));
  await services.documents.noteRead(plrKind, keys, 'operator', 'exported for subject access');
  found.reviews.push(...plrs);
  for (const kind of otherKinds)
    for (const state of await services.documents.list(kind, partition))
      if (names(state, id)) found.documents.push({ partition, kind: kind.kind, state });
  const past = parseCycleId(partition) === undefined ? [] : await services.history.read(partition as CycleId);
  found.history.push(...past.filter((one) => names(one, id)));
  const refs = new Set<string>(found.reviews.map(({ ref }) => ref));
  const isAbout = ({ key, link }: LoggedLink) =>
    refs.has(key.id) || refsIn(link.did).some((ref) => refs.has(ref));
  for await (const logged of log.links(partition)) {
    const { key, link } = logged;
    if (link.by !== person && !isAbout(logged)) continue;
    const { at, by, did } = link;
    found.log.push({ partition, kind: key.kind, id: key.id, at, by, did });
  }
  for (const { key, recipient, card, about, state, at } of await outbox.ledger(partition))
    if (recipient === person || refs.has(about))
      found.messages.push({ key, recipient, card, about, state, at });
}
