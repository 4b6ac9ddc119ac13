import { Fault, refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { CaseRef, CycleId, PersonId, PlrRef } from '../base/ids.js';
import type { Change, DocumentKey, DocumentKind } from '../plr/ports.js';
import type { Instant, LocalDate } from '../base/time.js';
import { dueFor, workingDaysIn } from '../plr/cycle.js';
import type { IssuedCycle, ClosedCycle } from '../plr/cycle-record.js';
import type { DrawPlan, DrawnCase, RuledOut } from '../plr/draw-plan.js';
import { drawRulesOf } from '../council/draw-rules.js';
import { drawCases } from '../draw/draw.js';
import { explainUnplaced } from '../draw/explain-draw.js';
import { takenAfter } from '../draw/taken.js';

/**
 * The draws made after a cycle was issued: a case drawn again for a manager (docs/domain.md, 4.1), and the
 * first one of a manager who joined. One document for each cycle, so that two draws at once never give out the
 * same case.
 */
export interface LaterDraws {
  readonly cycleId: CycleId;
  readonly draws: readonly LaterDraw[];
}

export interface LaterDraw extends Wanted {
  readonly ref: PlrRef;
  readonly drawn: DrawnCase;
  readonly dueOn: LocalDate;
  readonly at: Instant;
  /** `drawn`: the PLR is still to be made; `given-up`: the old PLR was returned after all. */
  readonly state: 'drawn' | 'handed-out' | 'given-up';
}

/** Whom it is for, and why: a re-draw has `replaces` and the decision, a draw for somebody who joined has neither. */
export interface Wanted {
  readonly managerId: PersonId;
  readonly replaces?: PlrRef;
  readonly decision?: {
    readonly number: number;
    readonly outcome: 'case-closed' | 'wrong-worker';
    readonly because: string;
    readonly by: PersonId;
  };
}

export function laterDrawsKey(id: CycleId): DocumentKey<'later-draws'> {
  return { partition: id, kind: 'later-draws', id: 'all' };
}

export const laterDrawsKind: DocumentKind<LaterDraws, 'later-draws'> = {
  kind: 'later-draws',
  schemaVersion: 1,
};

export interface LaterDrawInput {
  readonly cycle: IssuedCycle | ClosedCycle;
  readonly plan: DrawPlan;
  readonly reviewedSince: ReadonlyMap<CaseRef, LocalDate>;
  /** Reserved for this manager and reason before: see `laterRefSeed`. */
  readonly ref: PlrRef;
}

/** The same for the same wish, so that a repeat finds the reference that it reserved before. */
export function laterRefSeed(seed: string, { replaces }: Wanted): string {
  return `${seed}/later/${replaces ?? 'joined'}`;
}

export function isSameWish(one: Wanted, other: Wanted): boolean {
  return one.managerId === other.managerId && one.replaces === other.replaces;
}

/** Draws one more case by the same rules, without what the cycle has used up. The same wish again changes nothing. */
export function drawLater(
  later: LaterDraws,
  wanted: Wanted,
  { cycle, plan, reviewedSince, ref }: LaterDrawInput,
  council: CouncilContext,
): Change<LaterDraws> | Refusal<'drawn-already' | 'no-fair-case'> {
  if (later.draws.some((one) => isSameWish(one, wanted) && one.state !== 'given-up'))
    return refuse('drawn-already', 'This was drawn already.');
  const before = [...plan.drawn, ...later.draws.map(({ drawn }) => drawn)];
  const taken = takenAfter(before);
  const dueOn = dueFor(cycle.dueOn, council.today, council.holidays);
  const { drawn, unplaced, notAsked } = drawCases({
    // The cycle's own draw was the first, so the second is seed/2.
    seed: `${cycle.seed}/${later.draws.length + 2}`,
    on: council.today,
    workingDays: workingDaysIn({ from: council.today, until: dueOn }, council.holidays),
    organisation: council.organisation,
    reviewedSince,
    taken: { ...taken, managers: new Set() },
    rules: drawRulesOf(council),
    reviewers: new Set([wanted.managerId]),
    ...(cycle.choice?.cohorts === undefined ? {} : { cohorts: new Set(cycle.choice.cohorts) }),
  });
  const [one] = drawn;
  if (one === undefined) return noFairCase(unplaced[0]?.why, notAsked[0]?.why);
  const draw: LaterDraw = { ...wanted, ref, drawn: one, dueOn, at: council.now, state: 'drawn' };
  return {
    state: { ...later, draws: [...later.draws, draw] },
    did: `drew ${ref}${wanted.replaces === undefined ? '' : ` in place of ${wanted.replaces}`}`,
    messages: [],
  };
}

function noFairCase(unplaced: RuledOut | undefined, notAsked: string | undefined): Refusal<'no-fair-case'> {
  const why =
    unplaced !== undefined
      ? explainUnplaced(unplaced).join(' ')
      : notAsked === 'away-throughout'
        ? 'This manager is away on every working day that is left.'
        : 'This manager is not active any more.';
  return refuse('no-fair-case', `No case could be drawn. ${why} No rule was bent, and nothing was changed.`);
}

/** Marks the draw with this reference. */
export function markLaterDraw(
  later: LaterDraws,
  ref: PlrRef,
  state: 'handed-out' | 'given-up',
): Change<LaterDraws> | Refusal<'marked-already'> {
  const found = later.draws.find((one) => one.ref === ref);
  if (found === undefined) throw new Fault('no-such-draw', 'A later draw is not there.', { ref });
  if (found.state === state) return refuse('marked-already', 'Another process marked it.');
  return {
    state: { ...later, draws: later.draws.map((one) => (one.ref === ref ? { ...one, state } : one)) },
    did: `${state === 'given-up' ? 'gave up' : 'handed out'} ${ref}`,
    messages: [],
  };
}
