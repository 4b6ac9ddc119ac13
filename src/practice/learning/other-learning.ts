import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import type { CycleId, PersonId, ServiceId, StandardId } from '../base/ids.js';
import type { DocumentKey, DocumentKind } from '../plr/ports.js';
import type { FindingKind } from '../plr/answers.js';
import type { Instant, Month } from '../base/time.js';
import { standardTitle } from '../council/standard-title.js';
import { countForChannel } from './themes.js';

/**
 * Where learning comes from besides PLRs (docs/domain.md, 5.5). It is listed with the themes, marked as what it
 * is.
 */
export const learningSources = ['dip-sample', 'thematic-review', 'local-learning-review'] as const;
export type LearningSource = (typeof learningSources)[number];

export interface OtherLearning {
  readonly id: string;
  readonly source: LearningSource;
  readonly month: Month;
  /** None: it is about the whole council. */
  readonly serviceId?: ServiceId;
  readonly standard: StandardId;
  readonly kind: FindingKind;
  /** Found in `n` of `of` cases looked at. A Local Learning Review is often 1 of 1. */
  readonly n: number;
  readonly of: number;
  readonly enteredBy: PersonId;
  readonly enteredAt: Instant;
}

export function otherLearningKey(cycleId: CycleId, id: string): DocumentKey<'other-learning'> {
  return { partition: cycleId, kind: 'other-learning', id };
}

export const otherLearningKind: DocumentKind<OtherLearning, 'other-learning'> = {
  kind: 'other-learning',
  schemaVersion: 1,
  figures: (learning) => learning,
};

const sourceWords: Readonly<Record<LearningSource, string>> = {
  'dip-sample': 'Dip sample',
  'thematic-review': 'Thematic review',
  'local-learning-review': 'Local Learning Review',
};

export function sourceInWords(source: LearningSource): string {
  return sourceWords[source];
}

/** Fit for a channel: the count is left out when there were too few cases (docs/domain.md, "Privacy"). */
export function learningInWords({ source, standard, n, of }: OtherLearning, council: CouncilContext): string {
  const smallCount = smallCountOf(council);
  const count = of < smallCount ? '' : `: ${countForChannel({ n, of }, smallCount)}`;
  return `${standardTitle(standard, council)}${count} (${sourceWords[source]})`;
}
