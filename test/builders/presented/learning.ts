import assert from 'node:assert/strict';
import type { PersonId, PlrRef, ServiceId, StandardId, TeamId } from '../../../src/practice/base/ids.js';
import { agendaCard, nudgeCard, discussionCard } from '../../../src/practice/learning/cards-agenda.js';
import type { DiscussedPost, PostedPost } from '../../../src/practice/learning/decide-post.js';
import { approveBrief } from '../../../src/practice/learning/decide-approval.js';
import { briefFacts, type Commitment, type DraftedBrief } from '../../../src/practice/learning/brief.js';
import { briefCard, briefsCard, editCard, hitsCard, holdCard } from '../../../src/practice/learning/cards.js';
import { briefFindings, findingsCard } from '../../../src/practice/learning/cards-findings.js';
import type { BriefFigures } from '../../../src/practice/learning/brief-kind.js';
import { didItWork, didItWorkVerbs } from '../../../src/practice/learning/handlers-did-it-work.js';
import { hitsIn } from '../../../src/practice/learning/decide-edit.js';
import { otherLearningVerbs } from '../../../src/practice/learning/handlers-other-learning.js';
import { loopCard } from '../../../src/practice/learning/loop.js';
import { instant, localDate, month, shiftMonth } from '../../../src/practice/base/time.js';
import { answerPress } from '../../../src/practice/surface/press.js';
import { aDraftedBrief } from '../a-brief.js';
import { aContext } from '../a-context.js';
import { aReview } from '../a-plr.js';
import { aTurn } from '../a-turn.js';
import { figures } from '../figures.js';
import type { Presented } from '../presented.js';

const council = aContext({ at: '2022-05-17T09:00:00Z' });
const [service, standard] = ['assessment' as ServiceId, 'recording' as StandardId];
const reviewer = 'assessment-reviewer' as PersonId;
const enterLearning = otherLearningVerbs['learning.add-save'];
const [ash, birch] = ['ash' as TeamId, 'birch' as TeamId];
const written = {
  lookedAt:
    '7 Practice Learning Reviews of April 2022 in Assessment Service, each done by a manager together with a practitioner.',
  workingWell: '- We hear the child and understand their daily life: 6 of 7, was 6 of 7',
  needsToBeBetter:
    '- Our records are up to date and written for the child: 5 of 7, was 5 of 7\n- Our plans are clear, and drift is challenged: fewer than 5 of 7, was fewer than 5 of 7',
  doDifferently: 'Choose one thing from this brief to try in the coming month.',
  firstQuestion: 'What struck us most in this?',
  secondQuestion: 'What will we change, and who will start?',
  thirdQuestion: 'How will we know that it made a difference for children?',
};
const said: Commitment = {
  teamId: ash,
  discussedOn: localDate('2022-04-11'),
  willChange: 'We read each plan with the family.',
  howKnow: 'Families tell us they know the plan.',
  byWhen: localDate('2022-05-31'),
};
const brief = { ...aDraftedBrief(written), lastTime: [said], saves: 1 };
const risky = { ...brief, text: { ...brief.text, doDifferently: 'Ask Delyth Lindqvist, case CS-1100.' } };

const approved = (() => {
  const approval = approveBrief(brief, reviewer, aContext({ at: '2022-05-05T09:00:00Z' }));
  assert.ok('state' in approval && approval.state.state === 'approved');
  return approval.state;
})();
const meetingAt = instant('2022-05-16T09:00:00Z');
const posted = (teamId: TeamId): PostedPost => ({
  teamId,
  round: 1,
  meetingAt,
  state: 'posted',
  postedAt: instant('2022-05-13T09:00:00Z'),
  nudgeAt: instant('2022-05-17T09:00:00Z'),
  missedAt: instant('2022-05-23T09:00:00Z'),
  nudged: 'not-yet',
});
const discussed: DiscussedPost = {
  teamId: ash,
  round: 1,
  meetingAt,
  state: 'discussed',
  postedAt: instant('2022-05-13T09:00:00Z'),
  record: {
    discussedOn: localDate('2022-05-16'),
    willChange: 'We read each plan with the family.',
    howKnow: 'Families tell us they know the plan.',
    byWhen: localDate('2022-06-30'),
    recordedBy: reviewer,
    recordedAt: instant('2022-05-16T11:00:00Z'),
  },
};

/** Posted in Ash Team, then stopped by the identifier firewall. */
const stopped: DraftedBrief = {
  ...briefFacts(approved),
  state: 'drafted',
  posting: {
    ...approved.posting,
    posts: [
      posted(ash),
      { teamId: birch, round: 1, meetingAt, state: 'not-posted', reason: 'it may identify someone' },
    ],
  },
};
const outsiders =
  'Only Ash Team can record what it decided: its members and its Team Manager. Nothing was changed.';

const findings = Array.from({ length: 5 }, (_, at) =>
  aReview()
    .returned()
    .with({ ref: `PLR-7K3M2${at}` as PlrRef })
    .build(),
);
const loop: readonly BriefFigures[] = [
  {
    cycleId: brief.cycleId,
    month: brief.month,
    serviceId: service,
    state: 'approved',
    themes: [{ standard, kind: 'development' }],
    posts: [
      { teamId: ash, state: 'discussed', discussedOn: discussed.record.discussedOn },
      { teamId: birch, state: 'not-posted' },
    ],
  },
  {
    cycleId: brief.cycleId,
    month: brief.month,
    serviceId: 'care' as ServiceId,
    state: 'drafted',
    themes: [],
    posts: [],
  },
];
/** Seven reviews a month in which the theme was found five times; after the discussion, twice. */
const reviews = Array.from({ length: 10 }, (_, at) => shiftMonth(month('2021-08'), at)).flatMap((of) =>
  Array.from({ length: 7 }, (_, nth) => {
    const one = figures().named(`PLR-${of}-${nth}`).inCycle(of).ofService(service).returned();
    return (nth < (of === '2022-05' ? 2 : 5) ? one.finding(standard) : one).build();
  }),
);

const typed = {
  id: 'a1b2c3d4',
  source: '',
  month: '2022-05',
  service: '',
  standard: '',
  kind: '',
  n: '',
  of: '',
};
const entered = {
  source: 'dip-sample',
  service,
  standard: 'oversight',
  kind: 'development',
  n: '6',
  of: '20',
};
const ofQaLead = aTurn('qa-lead', council, {});
const ofReviewer = aTurn(reviewer, council, { figures: { plr: reviews, brief: loop } });

export const presentedLearning: Presented = {
  'learning/briefs': () => briefsCard([brief, { ...approved, serviceId: 'care' as ServiceId }], council),
  'learning/brief': () => briefCard(stopped, council, 'The brief is saved.'),
  'learning/brief-edit': () =>
    editCard(brief, council, risky.text, {
      notice:
        'The brief was changed since you opened this card. Nothing of yours was saved: compare, then save again.',
    }),
  'learning/brief-hold': () => holdCard(brief, council, '', 'Say why it is held back.'),
  'learning/brief-hits': () =>
    hitsCard(risky, hitsIn(risky.text, council, []), ['It is a public name.'], true),
  'learning/findings': async () =>
    findingsCard(brief, await briefFindings(brief, 1, aTurn(reviewer, council, { plrs: findings })), council),
  'learning/agenda-item': () => agendaCard(approved, posted(ash), council, outsiders),
  'learning/agenda-record': () =>
    discussionCard(
      approved,
      discussed,
      council,
      { ...discussed.record, willChange: 'Delyth Lindqvist reads each plan.', howKnow: '', byWhen: '' },
      {
        notice: 'Nothing was saved yet. Mend what is marked, then save again.',
        mistakes: {
          willChange: '“Delyth Lindqvist” looks like a name. The whole channel reads this: say it without.',
          howKnow: 'Say how you will know.',
          byWhen: 'Give the date by which you will have changed it.',
        },
      },
    ),
  'learning/agenda-nudge': () => nudgeCard(approved, posted(birch), council),
  'learning/choose-theme': () => didItWork.answer(ofReviewer, 'did it work'),
  'learning/run-chart': () =>
    answerPress(didItWorkVerbs['learning.chart'], { service, standard, kind: 'development' }, ofReviewer),
  'learning/loop': () => loopCard(aTurn('qa-lead', council, { figures: { brief: loop } })),
  'learning/other-learning': () => answerPress(enterLearning, typed, ofQaLead),
  'learning/other-learning-entered': () => answerPress(enterLearning, { ...typed, ...entered }, ofQaLead),
};
