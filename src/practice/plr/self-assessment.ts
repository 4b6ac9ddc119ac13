import type { PlrRef } from '../base/ids.js';
import type { Instant } from '../base/time.js';

/** 11: what the practitioner says of their own practice, before the conversation. Only they write it. */
export interface SelfAssessment {
  readonly text: string;
  readonly savedAt: Instant;
  /** Raised with every save of it, and carried by the practitioner's card. */
  readonly saves: number;
}

/** The message that brings the practitioner their own card; another one's, once the case has moved to them. */
export function selfAssessmentKey(ref: PlrRef, reroutes = 0): string {
  return reroutes === 0 ? `self-assessment.${ref}` : `self-assessment.${ref}.${reroutes}`;
}
