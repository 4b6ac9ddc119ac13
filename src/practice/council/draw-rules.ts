/** The rules of a draw that a council may set (docs/domain.md, 4.1). */
export interface DrawRules {
  /** Whether a manager may review a case of their own team, or of a team they manage. Default: never. */
  readonly ownTeam: 'never' | 'allowed';
  /** Calendar months in which a case is not drawn again after it was reviewed or due to be. Default 12. */
  readonly memoryMonths: number;
  /** Whether a practitioner may be asked again in the same cycle, once no one else is free. Default: they may. */
  readonly practitionerAgain: 'when-no-one-else-is-free' | 'never';
  /** Whole per cent of open cases that a cycle should review. Default 10 (docs/domain.md, 4.1). */
  readonly coverageTargetPercent: number;
}

export const defaultDrawRules: DrawRules = {
  ownTeam: 'never',
  memoryMonths: 12,
  practitionerAgain: 'when-no-one-else-is-free',
  coverageTargetPercent: 10,
};

/** The rules of a draw that is made now, with what the council has set. */
export function drawRulesOf({
  ownTeam = defaultDrawRules.ownTeam,
  coverageTargetPercent = defaultDrawRules.coverageTargetPercent,
}: Partial<Pick<DrawRules, 'ownTeam' | 'coverageTargetPercent'>>): DrawRules {
  return { ...defaultDrawRules, ownTeam, coverageTargetPercent };
}
