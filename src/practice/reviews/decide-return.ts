import { actionsAtReturn } from '../actions/decide-at-return.js';
import { assignedKey } from '../plr/issue-keys.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { moderationAtReturn } from '../moderation/decide-at-return.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { Change, Message } from '../plr/ports.js';
import { findingsOf } from '../plr/answers.js';
import { problemsOf } from '../forms/check-review.js';
import { formOf } from '../forms/draft.js';
import { readAnswers } from './read-answers.js';
import type { DraftReview, ReturnedReview } from '../plr/review.js';
import { withAlert } from './decide-step.js';
import { selfAssessmentKey } from '../plr/self-assessment.js';

/**
 * Returns a review in full (docs/domain.md, 4.2): its answers are read from the draft, its actions begin and
 * its moderation is decided in the same transaction. `seenSaves` is the draft that the person checked.
 */
export function returnReview(
  plr: Plr,
  draft: DraftReview,
  seenSaves: number,
  by: PersonId,
  council: CouncilContext,
): Change<Plr> | Refusal<'incomplete' | 'saved-elsewhere'> {
  if (draft.saves !== seenSaves)
    return refuse(
      'saved-elsewhere',
      'It was changed from another card or device after this one was drawn. Nothing is lost, and this is how it stands now: please check it, then press “Return this PLR” again.',
    );
  const problems = problemsOf(draft, council);
  if (problems.length > 0)
    return refuse('incomplete', 'Some answers are missing. Nothing is lost: mend them, then return it.');
  const answers = readAnswers(draft, council);
  const review: ReturnedReview = {
    state: 'returned',
    formVersion: draft.formVersion,
    answers,
    startedAt: draft.startedAt,
    returnedAt: council.now,
    returnedBy: by,
    completedBy: by === plr.managerId ? 'service' : 'qa',
    findings: findingsOf(answers, formOf(draft, council)),
  };
  const alerted = withAlert({ ...plr, review }, draft, by, council);
  const acting = actionsAtReturn(alerted.plr, council);
  const moderated = moderationAtReturn(acting.plr, council);
  const messages = [...alerted.messages, ...acting.messages, ...moderated.messages, ...closedCards(plr)];
  return { state: { ...moderated.plr, shared: { told: 'nothing' } }, did: 'returned', messages };
}

/** Both people's cards are redrawn, so that no button for filling them in is left. */
function closedCards({ cycleId, ref, managerId, practitionerId, reroutes }: Plr): Message[] {
  const about = plrKey(cycleId, ref);
  return [
    {
      key: `returned.${ref}`,
      to: { person: managerId },
      card: 'returned',
      about,
      urgency: 'ordinary',
      redraws: assignedKey(ref),
    },
    {
      key: `self-assessment-closed.${ref}`,
      to: { person: practitionerId },
      card: 'self-assessment',
      about,
      urgency: 'ordinary',
      redraws: selfAssessmentKey(ref, reroutes),
    },
  ];
}
