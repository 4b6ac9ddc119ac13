import type { CaseRef, PersonId } from '../base/ids.js';

/** What earlier draws of the same cycle have used up, and a later one leaves alone. */
export interface Taken {
  /** Managers who have their PLR. Somebody whose case has to be drawn again is left out. */
  readonly managers: ReadonlySet<PersonId>;
  /** Cases drawn in this cycle, including those exempted or drawn again since. */
  readonly cases: ReadonlySet<CaseRef>;
  /** How many PLRs each practitioner has in this cycle. */
  readonly practitioners: ReadonlyMap<PersonId, number>;
}

export const nothingTaken: Taken = { managers: new Set(), cases: new Set(), practitioners: new Map() };

/** What these draws use up. */
export function takenAfter(
  drawn: readonly { managerId: PersonId; caseRef: CaseRef; practitionerId: PersonId }[],
): Taken {
  const practitioners = new Map<PersonId, number>();
  for (const { practitionerId } of drawn) {
    practitioners.set(practitionerId, (practitioners.get(practitionerId) ?? 0) + 1);
  }
  return {
    managers: new Set(drawn.map((one) => one.managerId)),
    cases: new Set(drawn.map((one) => one.caseRef)),
    practitioners,
  };
}
