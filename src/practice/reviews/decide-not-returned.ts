import type { CouncilContext } from '../council/council-context.js';
import type { Instant } from '../base/time.js';
import { draftOf } from '../forms/draft.js';
import { assignedKey } from '../plr/issue-keys.js';
import { plrKey, type OpenPlr, type Plr } from '../plr/plr.js';
import type { Change, Message } from '../plr/ports.js';
import { retainedUntil } from '../plr/record.js';
import type { DraftReview, NotReturnedReview } from '../plr/review.js';
import { selfAssessmentKey } from '../plr/self-assessment.js';

/** Its cycle has closed: it is not returned, and what was typed is kept (docs/decisions/0023). */
export function endUnreturned(plr: OpenPlr, closedAt: Instant, council: CouncilContext): Change<Plr> {
  const review: NotReturnedReview = {
    state: 'not-returned',
    at: closedAt,
    purgeAt: retainedUntil(council.now, council.retentionDays),
    ...(plr.review.state === 'draft' ? { draft: plr.review } : {}),
  };
  const messages = bothRedrawn(plr, 'returned', `not-returned.${plr.ref}.${closedAt}`);
  return { state: { ...plr, review }, did: 'was not returned before its cycle closed', messages };
}

/** The manager's card and the practitioner's show how it stands now, without a new message. */
export function bothRedrawn(
  { cycleId, ref, managerId, practitionerId, reroutes }: Plr,
  card: 'returned' | 'assignment',
  fact: string,
): Message[] {
  const about = { about: plrKey(cycleId, ref), urgency: 'ordinary' } as const;
  return [
    {
      ...about,
      key: `${fact}.manager`,
      to: { person: managerId },
      card,
      redraws: assignedKey(ref),
    },
    {
      ...about,
      key: `${fact}.practitioner`,
      to: { person: practitionerId },
      card: 'self-assessment',
      redraws: selfAssessmentKey(ref, reroutes),
    },
  ];
}

/** The form of a review that was not returned, for what is still typed in it: a concern counts, whatever the month. */
export function formAfterClosing(
  { draft, purgedAt }: NotReturnedReview,
  council: CouncilContext,
): DraftReview {
  return draft !== undefined && purgedAt === undefined ? draft : draftOf({ state: 'assigned' }, council);
}

/** A change of the form, kept on the review without returning it; its words stay for as long as those of any. */
export function keptAfterClosing(
  { at }: NotReturnedReview,
  change: Change<Plr>,
  { now, retentionDays }: CouncilContext,
): Change<Plr> {
  const { review: draft } = change.state;
  if (draft.state !== 'draft') return change;
  const review: NotReturnedReview = {
    state: 'not-returned',
    at,
    draft,
    purgeAt: retainedUntil(now, retentionDays),
  };
  return { ...change, state: { ...change.state, review } };
}
