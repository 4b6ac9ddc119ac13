import { isRefusal, refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Grade } from '../plr/grade.js';
import type { Message } from '../plr/ports.js';
import { isBlank } from '../plr/blind-grades.js';
import { agree, dispute, settleModeration } from './decide-answer.js';
import { settlingOf } from './due.js';
import { redrawForManager, redrawForModerator, redrawForQaLeads, toPerson, toQaLeads } from './messages.js';
import { giveFeedback, type FeedbackTyped } from '../plr/moderation-outcome.js';
import type { SettledModeration } from '../plr/moderation.js';
import type { ModerationStep } from './step.js';
import { answerLimit } from './cards-outcome.js';

/**
 * The manager agrees: the moderated grade stands. When they also typed a reason against it, they cannot have
 * meant both.
 */
export function answerByAgreeing(why: string, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (moderation.state === 'graded' && !isBlank(why)) return meantOtherwise;
    const agreed = agree(moderation, by.id, council.now);
    if (isRefusal(agreed)) return agreed;
    return {
      state: { ...plr, moderation: agreed },
      did: 'agreed with the moderated grade',
      messages: [redrawForModerator(plr, agreed, 'agreed')],
    };
  };
}

/** The manager does not agree, and says why: the QA lead settles it. */
export function answerByDisputing(why: string, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (why.length > answerLimit) return tooLong;
    const disputed = dispute(moderation, by.id, why, council.now);
    if (isRefusal(disputed)) return disputed;
    return {
      state: { ...plr, moderation: disputed },
      did: 'disagreed with the moderated grade',
      messages: [
        ...toQaLeads(plr, 'moderation-disputed', 'moderated', council),
        redrawForModerator(plr, disputed, 'disputed'),
      ],
    };
  };
}

export function settleGrade(
  grade: Grade | undefined,
  reason: string,
  by: Person,
  council: CouncilContext,
): ModerationStep {
  return (plr, moderation) => {
    if (grade === undefined)
      return refuse('incomplete', 'Choose the settled grade and give the reason for it.');
    if (reason.length > answerLimit) return tooLong;
    const settled = settleModeration(
      moderation,
      by.id,
      grade,
      reason,
      council.now,
      settlingOf(moderation, council),
    );
    if (isRefusal(settled)) return settled;
    return {
      state: { ...plr, moderation: settled },
      did: settled.settled.nobodyElse ? 'settled the grade, nobody else being there' : 'settled the grade',
      messages: toldOfSettling(plr, settled, by, council),
    };
  };
}

function toldOfSettling(
  plr: Plr,
  settled: SettledModeration,
  by: Person,
  council: CouncilContext,
): Message[] {
  const { original, moderatorId } = settled;
  const others =
    settled.disputed === undefined
      ? []
      : redrawForQaLeads(plr, 'moderation-disputed', 'settled', 'moderated', council);
  return [
    ...[original.by, moderatorId]
      .filter((person) => person !== by.id)
      .map((person) => toPerson(plr, 'moderation-settled', person, 'moderation-settled')),
    redrawForManager(plr, original.by, 'settled'),
    redrawForModerator(plr, settled, 'settled'),
    ...others.filter(({ to }) => !('person' in to) || to.person !== by.id),
  ];
}

/** The moderator's two short texts. The manager is told once, and their card is redrawn with each change. */
export function writeFeedback(texts: FeedbackTyped, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    const written = giveFeedback(moderation, by.id, texts, council.now);
    if (isRefusal(written)) return written;
    const manager = written.original.by;
    return {
      state: { ...plr, moderation: written },
      did: 'wrote moderation feedback',
      messages: [
        toPerson(plr, 'moderation-feedback', manager, 'moderation-feedback'),
        redrawForManager(plr, manager, `feedback-${council.now.replace(/\D/g, '')}`),
      ],
    };
  };
}

const meantOtherwise = refuse(
  'incomplete',
  'You wrote why you do not agree. To agree, clear it first; if not, press "I do not agree". Nothing was changed.',
);
const tooLong = refuse('too-long', `Keep your text to ${answerLimit} characters, then send it again.`);
