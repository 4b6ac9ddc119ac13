import type { PlrRef } from '../base/ids.js';
import type { Instant } from '../base/time.js';

/**
 * What the practitioner says of their own practice, before the conversation (docs/domain.md, 11). Only they
 * write it.
 */
export interface SelfAssessment {
  readonly text: string;
  readonly savedAt: Instant;
  /** Raised with every save of it, and carried by the practitioner's card. */
  readonly saves: number;
}

/** The message that brings the practitioner their own card; it has another key once the case has moved. */
export function selfAssessmentKey(ref: PlrRef, reroutes = 0): string {
  return reroutes === 0 ? `self-assessment.${ref}` : `self-assessment.${ref}.${reroutes}`;
}
