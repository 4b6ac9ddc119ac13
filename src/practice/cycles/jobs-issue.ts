import { isRefusal, Fault, refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { linesFromLastModeration } from '../moderation/last-moderation.js';
import type { Organisation } from '../council/organisation.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import { addMonths, addWorkingDays, instantAt, type Month } from '../base/time.js';
import { noteMessages } from './messages.js';
import { issueNote } from './issue-notes.js';
import { planMonthlyCycle, workingDaysIn, type CyclePlan } from '../plr/cycle.js';
import {
  countingTime,
  cycleKey,
  cycleKind,
  type Cycle,
  type CycleChoice,
  type IssuedCycle,
} from '../plr/cycle-record.js';
import type { DrawPlan, CaseDraw } from '../plr/draw-plan.js';
import { drawRulesOf } from '../council/draw-rules.js';
import { drawCases } from '../draw/draw.js';
import { lastReviews } from './last-reviews.js';
import { closingTime } from './closing-time.js';
import { handOut } from './hand-out.js';
import { nothingTaken } from '../draw/taken.js';
import { reserveRefs } from './reserve-refs.js';

export interface Issued {
  readonly cycle: IssuedCycle | (Cycle & { state: 'closed' });
  /** How many PLRs this run created; 0 when all of them were there already. */
  readonly created: number;
}

/**
 * Draws a month's cycle and hands out its PLRs (docs/domain.md, 4.1). Each step is kept before the next depends
 * on it: the seed with the cycle, the draw as one plan, each PLR with the message that brings it. So it may run
 * again after a crash, or in two processes at once, and still hands out the same PLRs, each once.
 */
export function issueCycle(
  month: Month,
  services: Services,
  council: CouncilContext,
): Promise<Issued | Refusal<'no-cases'>> {
  return issuePlanned(planMonthlyCycle(month, council), undefined, services, council);
}

/**
 * The same for a Practice Week or a thematic review (docs/domain.md, 4.10): a cycle of its own, never in
 * monthly compliance.
 */
export async function issuePlanned(
  plan: CyclePlan,
  choice: CycleChoice | undefined,
  services: Services,
  council: CouncilContext,
): Promise<Issued | Refusal<'no-cases'>> {
  await services.partitions.activate(plan.id);
  const cycle = await beginCycle(plan, choice, services, council);
  if (cycle.state !== 'issuing') return { cycle, created: 0 };
  const drawPlan = (await services.plans.read(cycle.id)) ?? (await drawPlanOf(cycle, services, council));
  if (drawPlan.drawn.length === 0) {
    return refuse(
      'no-cases',
      `No PLR can be drawn for ${plan.id}: the roster has no fair case, or nobody to review, on ${drawPlan.on}.`,
    );
  }
  const { created } = await services.documents.createAll(
    plrKind,
    assignments(drawPlan, cycle, council, await linesFromLastModeration(cycle.id, services)),
    'system',
  );
  return { cycle: await finishIssue(cycle, drawPlan, services, council), created };
}

/** The draw as it would turn out now; nothing is kept (`plr cycle plan`). */
export async function previewDraw(
  month: Month,
  services: Services,
  council: CouncilContext,
): Promise<CaseDraw> {
  const plan = planMonthlyCycle(month, council);
  const cycle = await services.documents.read(cycleKind, cycleKey(plan.id));
  const kept = await services.plans.read(plan.id);
  if (kept !== undefined) return kept;
  return draw(
    cycle ?? { ...council, ...plan, seed: services.newSeed() },
    council.organisation,
    services,
    council,
  );
}

async function beginCycle(
  plan: CyclePlan,
  choice: CycleChoice | undefined,
  { documents, newSeed }: Services,
  council: CouncilContext,
): Promise<Cycle> {
  const { id, kind, month, issueOn, dueOn } = plan;
  const fresh: Cycle = {
    state: 'issuing',
    id,
    kind,
    month,
    issueOn,
    dueOn,
    seed: newSeed(),
    rosterVersion: council.organisation.version,
    ...(council.ownTeam === undefined ? {} : { ownTeam: council.ownTeam }),
    ...(council.coverageTargetPercent === undefined
      ? {}
      : { coverageTargetPercent: council.coverageTargetPercent }),
    ...(choice === undefined ? {} : { choice }),
  };
  await documents.create(
    cycleKind,
    cycleKey(id),
    { state: fresh, did: 'began the cycle', messages: [] },
    'system',
  );
  const kept = await documents.read(cycleKind, cycleKey(id));
  if (kept === undefined) throw new Fault('cycle-vanished', 'A cycle that was begun cannot be read.', { id });
  return kept;
}

async function drawPlanOf(cycle: Cycle, services: Services, council: CouncilContext): Promise<DrawPlan> {
  const organisation = await services.rosterVersion(cycle.rosterVersion);
  const drawn = await draw(cycle, organisation, services, council);
  const refs = await reserveRefs(cycle, drawn, services);
  return services.plans.keep({
    cycleId: cycle.id,
    seed: cycle.seed,
    rosterVersion: cycle.rosterVersion,
    on: cycle.issueOn,
    drawn: drawn.drawn.map((one, index) => ({ ...one, ref: refs[index] as PlrRef })),
    unplaced: drawn.unplaced,
    notAsked: drawn.notAsked,
    coverage: drawn.coverage,
  });
}

/**
 * By the days that were kept when the cycle was begun, so that a draw which was cut short turns out the same on
 * a later day.
 */
async function draw(
  cycle: Pick<Cycle, 'id' | 'issueOn' | 'dueOn' | 'seed' | 'choice' | 'ownTeam' | 'coverageTargetPercent'>,
  organisation: Organisation,
  services: Services,
  { holidays }: CouncilContext,
): Promise<CaseDraw> {
  const { id, issueOn, dueOn, seed, choice } = cycle;
  const rules = drawRulesOf(cycle);
  return drawCases({
    seed,
    on: issueOn,
    workingDays: workingDaysIn({ from: issueOn, until: dueOn }, holidays),
    organisation,
    reviewedSince: await lastReviews(addMonths(issueOn, -rules.memoryMonths), id, services),
    taken: nothingTaken,
    rules,
    ...(choice?.cohorts === undefined ? {} : { cohorts: new Set(choice.cohorts) }),
    ...(choice?.reviewers === undefined ? {} : { reviewers: new Set(choice.reviewers) }),
  });
}

function assignments(
  { drawn, cycleId }: DrawPlan,
  { kind, dueOn }: Cycle,
  council: CouncilContext,
  lines: ReadonlyMap<PersonId, string>,
) {
  return drawn.map((one) => {
    const fromLastModeration = lines.get(one.managerId);
    return handOut(
      { ...one, cycleId, kind, dueOn, ...(fromLastModeration === undefined ? {} : { fromLastModeration }) },
      council,
    );
  });
}

async function finishIssue(
  cycle: Cycle,
  plan: DrawPlan,
  { documents }: Services,
  council: CouncilContext,
): Promise<Issued['cycle']> {
  const finished = await documents.change(cycleKind, cycleKey(cycle.id), 'system', (now) => {
    if (now.state !== 'issuing') return refuse('issued-already', 'Another process finished it.');
    const note = issueNote(plan, council);
    const state: IssuedCycle = {
      ...now,
      state: 'issued',
      issuedAt: council.now,
      countsAt: countingTime(now.dueOn, council),
      closesAt: closingTime(now.dueOn, council),
      issued: plan.drawn.length,
      unplaced: plan.unplaced,
      coverage: plan.coverage,
      checkDeliveriesAt: instantAt(
        addWorkingDays(council.today, 1, council.holidays),
        '09:00',
        council.timeZone,
      ),
      ...(note === undefined ? {} : { notes: [note] }),
    };
    const messages = note === undefined ? [] : noteMessages(now, note.key, council);
    return { state, did: 'issued the cycle', messages };
  });
  if (!isRefusal(finished) && finished.after.state !== 'issuing') return finished.after;
  const kept = await documents.read(cycleKind, cycleKey(cycle.id));
  if (kept === undefined || kept.state === 'issuing')
    throw new Fault('cycle-vanished', 'An issued cycle cannot be read.', { id: cycle.id });
  return kept;
}
