/** The cycles that are no month's: their dates and sample are chosen (docs/domain.md, 4.10, 10). By what their id says. */
export const chosenKinds = {
  'practice-week': { inWords: 'Practice Week' },
  thematic: { inWords: 'thematic review' },
} as const;
export type ChosenKind = keyof typeof chosenKinds;
export type CycleKind = 'monthly' | ChosenKind;

export const chosenKindNames = Object.keys(chosenKinds) as ChosenKind[];
export const cycleKinds: readonly CycleKind[] = ['monthly', ...chosenKindNames];

export function isChosen(kind: CycleKind): kind is ChosenKind {
  return kind !== 'monthly';
}
