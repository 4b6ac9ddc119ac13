import { Fault } from '../base/errors.js';
import type { PlrRef, ServiceId } from '../base/ids.js';
import { inKeyedOrder, keyedFraction } from '../base/keyed-order.js';
import type { Grade } from '../plr/grade.js';
import type { ModerationReason, DrawMoment } from '../plr/moderation.js';

/**
 * Which returned PLRs are moderated (docs/domain.md, 4.4, 4.6): at least 20% of those returned in a cycle and
 * Service, rounded up and spread over the grades, and every Inadequate besides.
 *
 * There are two steps, because filling up to 20% alone could be foreseen: it would always draw the first return
 * and never the seventh to tenth. So each PLR first has its own chance of 20% when it is returned, from its own
 * key under the cycle's seed, wherever it comes in the order; then those already returned are topped up to what
 * the rule needs. A PLR once drawn stays drawn. This gives somewhat more than 20%, and never less at close.
 */
export interface DrawRule {
  /** Whole per cent of all returned PLRs of the cycle and Service; 20 by default. */
  readonly samplePercent: number;
  /** Fewer returns than this are topped up only at close: among one or two, the next draw is no secret. */
  readonly topUpFrom: number;
}

const drawRule: DrawRule = { samplePercent: 20, topUpFrom: 3 };

export interface ReturnedPlr {
  readonly ref: PlrRef;
  /** The manager's own overall grade. */
  readonly grade: Grade;
  readonly serviceId: ServiceId;
  readonly alreadyDrawn: boolean;
  /** Its words have been removed: it counts in the base, but nobody can moderate it. */
  readonly purged: boolean;
}

export interface Drawn {
  readonly ref: PlrRef;
  readonly reason: ModerationReason;
}

/** The Inadequate are counted separately: they never stand in for the sample, nor the sample for them. */
export interface DrawCounts {
  readonly returned: number;
  readonly sample: { readonly required: number; readonly drawn: number };
  readonly inadequate: { readonly required: number; readonly drawn: number };
}

/** The decision at the return. It needs no other PLR, so two returns at once cannot disturb each other. */
export function decideAtReturn(
  plr: Pick<ReturnedPlr, 'ref' | 'grade'>,
  seed: string,
  rule: DrawRule = drawRule,
): ModerationReason | undefined {
  if (plr.grade === 'inadequate') return { why: 'inadequate' };
  const fraction = keyedFraction(seed, keyOf(plr));
  if (fraction >= rule.samplePercent / 100) return undefined;
  return { why: 'chance-at-return', fraction, samplePercent: rule.samplePercent };
}

/**
 * What still has to be drawn among all returned PLRs of one cycle and Service. Run again on its own result, it
 * draws nothing. The order of `returned` does not matter.
 */
export function topUp(
  returned: readonly ReturnedPlr[],
  seed: string,
  moment: DrawMoment,
  rule: DrawRule = drawRule,
): Drawn[] {
  mustBeOneService(returned);
  const missed = returned.filter((plr) => plr.grade === 'inadequate' && canBeDrawn(plr));
  const drawn = inKeyedOrder(seed, missed, keyOf).map((plr): Drawn => ({
    ref: plr.ref,
    reason: { why: 'inadequate' },
  }));
  if (moment === 'open' && returned.length < rule.topUpFrom) return drawn;

  const { required, drawn: before } = drawCounts(returned, rule).sample;
  const strata = strataOf(returned, seed);
  for (let sample = before; ; sample += 1) {
    const next = shortGrade(strata, rule) ?? (sample < required ? mostBehind(strata, required) : undefined);
    const plr = next?.waiting.shift();
    if (next === undefined || plr === undefined) return drawn;
    drawn.push({
      ref: plr.ref,
      reason: {
        why: 'top-up',
        moment,
        short: sample < required ? 'service' : 'grade',
        samplePercent: rule.samplePercent,
        returned: returned.length,
        required,
        drawnBefore: sample,
        grade: next.grade,
        ofGrade: { returned: next.returned, drawnBefore: next.drawn },
      },
    });
    next.drawn += 1;
  }
}

/**
 * What the rule asks for at close, and what has been drawn. The base of the sample is all returned PLRs, the
 * Inadequate included.
 */
export function drawCounts(returned: readonly ReturnedPlr[], rule: DrawRule = drawRule): DrawCounts {
  const inadequate = returned.filter((plr) => plr.grade === 'inadequate');
  const others = returned.filter((plr) => plr.grade !== 'inadequate');
  const share = Math.ceil((returned.length * rule.samplePercent) / 100);
  return {
    returned: returned.length,
    sample: { required: Math.min(share, others.length), drawn: others.filter(isDrawn).length },
    inadequate: { required: inadequate.length, drawn: inadequate.filter(isDrawn).length },
  };
}

interface Stratum {
  readonly grade: Grade;
  readonly returned: number;
  drawn: number;
  /** What can still be drawn, in the seed's order. */
  readonly waiting: ReturnedPlr[];
}

/**
 * The grades of the sample, in an order that depends on the seed, so that ties do not always favour the same
 * grade.
 */
function strataOf(returned: readonly ReturnedPlr[], seed: string): Stratum[] {
  const others = new Map<Grade, ReturnedPlr[]>();
  for (const plr of returned) {
    if (plr.grade !== 'inadequate') others.set(plr.grade, [...(others.get(plr.grade) ?? []), plr]);
  }
  const strata = [...others].map(([grade, plrs]) => ({
    grade,
    returned: plrs.length,
    drawn: plrs.filter(isDrawn).length,
    waiting: inKeyedOrder(seed, plrs.filter(canBeDrawn), keyOf),
  }));
  return inKeyedOrder(seed, strata, ({ grade }) => `moderation-grade/${grade}`);
}

/** A grade short of its own share, rounded down: no grade with five returns is passed over. */
function shortGrade(strata: readonly Stratum[], rule: DrawRule): Stratum | undefined {
  return strata.find(
    ({ returned, drawn, waiting }) =>
      waiting.length > 0 && drawn < Math.floor((returned * rule.samplePercent) / 100),
  );
}

/**
 * The grade furthest below its part of the sample. Taken one by one this is the method of largest remainders,
 * starting from what is drawn already. Whole numbers, so that ties are exact.
 */
function mostBehind(strata: readonly Stratum[], required: number): Stratum | undefined {
  const all = strata.reduce((sum, { returned }) => sum + returned, 0);
  const behind = ({ returned, drawn }: Stratum): number => required * returned - drawn * all;
  return strata
    .filter(({ waiting }) => waiting.length > 0)
    .reduce<Stratum | undefined>(
      (most, one) => (most === undefined || behind(one) > behind(most) ? one : most),
      undefined,
    );
}

function isDrawn(plr: ReturnedPlr): boolean {
  return plr.alreadyDrawn;
}

function canBeDrawn({ alreadyDrawn, purged }: ReturnedPlr): boolean {
  return !alreadyDrawn && !purged;
}

function keyOf(plr: Pick<ReturnedPlr, 'ref'>): string {
  return `moderation/${plr.ref}`;
}

function mustBeOneService(returned: readonly ReturnedPlr[]): void {
  const services = new Set(returned.map((plr) => plr.serviceId));
  if (services.size > 1) {
    throw new Fault('mixed-services', 'A draw is for one Service', { services: [...services].join(' ') });
  }
}
