import type { PersonId } from '../ids.js';
import type { Instant } from '../time.js';

/** 4.3: what an Inadequate grade or an immediate concern sets off. The clock starts at `raisedAt`. */
export interface Alert {
  readonly state: 'raised';
  readonly raisedAt: Instant;
  readonly raisedBy: PersonId;
  readonly because: 'inadequate' | 'immediate-concern';
}
