import type { Command } from 'commander';
import { plrDocument } from '../documents/plr-document.js';
import { parsePlrRef } from '../practice/plr/plr-ref.js';
import { isRefusal, refuse } from '../practice/base/errors.js';
import type { CalibrationExercise } from '../practice/moderation/calibration-exercise.js';
import { exerciseKind, exercisePartition } from '../practice/moderation/exercise-record.js';
import { plrKey, type Plr } from '../practice/plr/plr.js';
import { plrKind } from '../practice/plr/plr-kind.js';
import type { Change } from '../practice/plr/ports.js';
import { recordContent } from '../practice/records/content.js';
import { hasWords } from '../practice/records/decide-purge.js';
import { endedAt, isPurged, purgeAt } from '../practice/plr/retention.js';
import { dateAt, type Instant } from '../practice/base/time.js';
import { dateInWords } from '../practice/council/words.js';
import { councilOf } from './council-of.js';
import { plrByRef } from './plr-by-ref.js';
import { act, Refused, writeOut, type CommandContext, type Result } from './run.js';

/**
 * `plr records` and `plr retention`: what goes to the child's record, and what is then removed here
 * (docs/domain.md, 4.9).
 */
export function addRetentionCommands(program: Command): void {
  program
    .command('records')
    .description('PLRs for the children’s records')
    .command('export')
    .argument('<PLR-REF>', 'such as PLR-7K3M2Q')
    .requiredOption('--out <FILE>', 'the Word document to write')
    .description('the PLR as a Word document, to be attached to the child’s electronic record')
    .action(async (ref: string, { out }: { out: string }, command: Command) => {
      await act(command, (context) => exportRecord(context, ref, out));
    });
  const retention = program.command('retention').description('what is removed when, and what is held');
  retention
    .command('plan')
    .description('what would be removed and when, and what keeps the rest; nothing is changed')
    .action(async (_options: unknown, command: Command) => {
      await act(command, plan);
    });
  retention
    .command('hold')
    .argument('<PLR-REF>', 'such as PLR-7K3M2Q')
    .requiredOption('--reason <TEXT>', 'why nothing of it may be removed')
    .description('a legal hold: nothing of it is removed until it is released')
    .action(async (ref: string, { reason }: { reason: string }, command: Command) => {
      await act(command, (context) => hold(context, ref, reason));
    });
  retention
    .command('release')
    .argument('<PLR-REF>', 'such as PLR-7K3M2Q')
    .description('ends a legal hold')
    .action(async (ref: string, _options: unknown, command: Command) => {
      await act(command, (context) => release(context, ref));
    });
}

async function found(context: CommandContext, text: string): Promise<Plr> {
  const ref = parsePlrRef(text);
  if (ref === undefined) throw new Refused(`"${text}" is not a PLR reference: it reads like PLR-7K3M2Q.`);
  return plrByRef(context, ref);
}

async function exportRecord(context: CommandContext, text: string, out: string): Promise<Result> {
  const plr = await found(context, text);
  const content = recordContent(plr, councilOf(context));
  if (content === undefined) throw new Refused(`${plr.ref} is not returned yet: there is nothing to attach.`);
  if (plr.record?.state === 'purged')
    throw new Refused(`What was written in ${plr.ref} was removed: it is in the child’s electronic record.`);
  const { documents } = context.foundation.services;
  await documents.noteRead(
    plrKind,
    [plrKey(plr.cycleId, plr.ref)],
    'operator',
    'exported for the child’s record',
  );
  await writeOut(out, await plrDocument(content), 0o600);
  return { json: { ref: plr.ref, out }, lines: [`${plr.ref} written to ${out}.`] };
}

interface PlanRow {
  readonly what: 'plr' | 'calibration exercise';
  readonly ref: string;
  readonly cycle: string;
  readonly state: string;
  readonly purgeAt: Instant | null;
  readonly because: string;
}

async function plan({ foundation }: CommandContext): Promise<Result> {
  const { documents } = foundation.services;
  const exercises = await documents.list(exerciseKind, exercisePartition);
  const copies = new Map(exercises.map((exercise) => [exercise.ref, exercise]));
  const rows: PlanRow[] = [];
  for (const partition of await foundation.registry.all()) {
    for (const plr of await documents.list(plrKind, partition)) {
      if (!isPurged(plr) && !hasWords(plr)) continue;
      const row = rowOf(plr);
      rows.push(row);
      const copy = copies.get(plr.ref);
      if (copy !== undefined) rows.push(rowOfCopy(copy, row));
    }
  }
  rows.sort((a, b) => ((a.purgeAt ?? '9') < (b.purgeAt ?? '9') ? -1 : 1));
  const plrs = rows.filter(({ what }) => what === 'plr');
  return {
    json: { now: foundation.clock.now(), rows },
    lines: [
      ...rows.map(({ ref, purgeAt: at, because }) =>
        `${ref}  ${at === null ? 'kept' : dayOf(at)}  ${because}`.trim(),
      ),
      plrs.length === 0
        ? 'Nothing that was written is kept here, so there is nothing to remove.'
        : `${plrs.filter((row) => row.purgeAt !== null).length} of ${plrs.length} PLRs listed have a date.`,
    ],
  };
}

function rowOf(plr: Plr): PlanRow {
  const { ref, cycleId: cycle, record, review } = plr;
  const state = record?.state ?? (review.state === 'returned' ? 'not ready' : review.state);
  return { what: 'plr', ref, cycle, state, purgeAt: purgeAt(plr) ?? null, because: whyKept(plr) };
}

/** The calibration exercise that was made from a PLR goes within a day of it, and is held with it. */
function rowOfCopy({ purgedAt }: CalibrationExercise, plr: PlanRow): PlanRow {
  const what = 'calibration exercise';
  if (purgedAt !== undefined)
    return { ...plr, what, state: 'purged', purgeAt: null, because: `${what}: the grades stay` };
  const because = plr.purgeAt === null ? plr.because : 'within a day of the PLR';
  return { ...plr, what, state: 'kept', because: `${what}: ${because}` };
}

function dayOf(at: Instant): string {
  return dateInWords(dateAt(at, 'Europe/London'));
}

function whyKept(plr: Plr): string {
  const { state } = plr.review;
  if (isPurged(plr)) return 'what was written is gone; the figures stay';
  if (plr.hold !== undefined) return `legal hold since ${dayOf(plr.hold.since)}`;
  if (purgeAt(plr) !== undefined) return '';
  if (state === 'assigned' || state === 'draft') return 'not returned or closed yet';
  if (plr.record?.state !== 'attached') return 'not attached to the child’s record yet';
  if (endedAt(plr) === undefined) return 'an alert, a moderation or an action is still open';
  return 'more was said since it was attached';
}

async function hold(context: CommandContext, text: string, reason: string): Promise<Result> {
  return changed(context, text, 'Held: nothing of it is removed until it is released.', (plr) => {
    if (isPurged(plr)) return refuse('purged', 'It is too late: what was written was removed.');
    if (plr.hold !== undefined)
      return refuse(
        'held',
        `${plr.ref} is held since ${dayOf(plr.hold.since)} already: ${plr.hold.reason}. Release it first.`,
      );
    const since = context.foundation.clock.now();
    return { state: { ...plr, hold: { since, reason } }, did: 'put under legal hold', messages: [] };
  });
}

async function release(context: CommandContext, text: string): Promise<Result> {
  return changed(context, text, 'Released.', ({ hold: held, ...plr }) => {
    if (held === undefined) return refuse('not-held', 'It is not under a legal hold.');
    return { state: plr, did: 'released from legal hold', messages: [] };
  });
}

async function changed(
  context: CommandContext,
  text: string,
  say: string,
  decide: (plr: Plr) => Change<Plr> | ReturnType<typeof refuse>,
): Promise<Result> {
  const { cycleId, ref } = await found(context, text);
  const { documents } = context.foundation.services;
  const outcome = await documents.change(plrKind, plrKey(cycleId, ref), 'operator', decide);
  if (isRefusal(outcome)) throw new Refused(outcome.say);
  return { json: { ref, hold: outcome.after.hold ?? null }, lines: [say] };
}
