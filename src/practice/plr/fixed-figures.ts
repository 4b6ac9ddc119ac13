import type { FindingKind } from './answers.js';
import type { Grade } from './grade.js';
import type { StandardId } from '../base/ids.js';

/** The part of the report's JSON that others rely on: names and shapes are kept as published. */
export interface FixedFigures {
  readonly compliance: readonly ComplianceLine[];
  readonly grades: GradeFigures;
  readonly gradesAfterModeration: GradeFigures;
  readonly moderation: ModerationFigures;
  readonly alerts: AlertFigures;
  readonly actions: ActionFigures;
  readonly themes: readonly ThemeFigure[];
  readonly loop: LoopFigures;
  readonly coverage: CoverageFigures;
}

export interface Proportion {
  readonly n: number;
  readonly of: number;
}

export interface ComplianceLine {
  /** `2022-03`, or `total`. */
  readonly month: string;
  readonly sent: number;
  readonly returned: number;
  readonly returnedByService: number;
  readonly completedByQa: number;
  readonly percentReturnedByService: number | null;
  readonly percentReturned: number | null;
}

/** For each grade, and `total`: the count of each month by its name, then `total` and `percent`. */
export type GradeFigures = Readonly<Record<Grade | 'total', Readonly<Record<string, number | null>>>>;

/** The manager's grade first, then the moderator's: `matrix.good.inadequate`. */
export type GradeMatrix = Readonly<Record<Grade, Readonly<Record<Grade, number>>>>;

export interface KappaFigures {
  readonly kappa: number;
  readonly low: number;
  readonly high: number;
}

export interface ModerationFigures {
  readonly returned: number;
  readonly drawn: number;
  readonly completed: number;
  /** Drawn, past the 10 working days, and neither agreed nor settled when the report was made. */
  readonly overdue: number;
  readonly changed: number;
  readonly changedUp: number;
  readonly changedDown: number;
  readonly matrix: GradeMatrix;
  readonly exactAgreement: Proportion;
  readonly kappa: KappaFigures | null;
}

export interface AlertFigures {
  readonly raised: number;
  readonly acknowledgedWithin24h: Proportion;
  readonly breaches: number;
  readonly open: number;
}

export interface ActionFigures {
  readonly open: number;
  readonly overdue: number;
  /** Done and waiting for the QA Service to verify. */
  readonly done: number;
  readonly verified: number;
  readonly cannotBeDone: number;
}

export interface ThemeFigure {
  readonly standard: StandardId;
  readonly kind: FindingKind;
  /** PLRs with such a finding. */
  readonly n: number;
  /** PLRs returned through the bot. */
  readonly of: number;
  /** `n` of the period before; null when that period has no returned PLR. */
  readonly previous: number | null;
}

export interface LoopFigures {
  /** Services whose brief reached at least one team meeting. */
  readonly briefsPosted: number;
  /**
   * Base: the team meetings for which there was an approved brief and which have passed, including those that
   * it did not reach.
   */
  readonly meetingsDiscussed: Proportion;
}

export interface CoverageFigures {
  readonly reviewed: number;
  /** Open cases of the period's months together; null when a month's count is not known. */
  readonly open: number | null;
  readonly percent: number | null;
  readonly target: number;
}
