import { stateInWords } from '../actions/rag.js';
import type { CouncilContext } from '../council/council-context.js';
import { isNewlyInadequate, isShown } from '../plr/moderation-outcome.js';
import type { Plr } from '../plr/plr.js';
import type { Answers } from '../plr/answers.js';
import { gradeIn } from '../forms/check-review.js';
import { textOf } from '../forms/draft.js';
import type { ReturnedReview, Review } from '../plr/review.js';
import type { Instant } from '../base/time.js';
import { dateInWords, personName, teamName, timeInWords } from '../council/words.js';
import { breachTime, climbedTo, type Alert, type Back, type Flag } from '../plr/alert.js';
import { reasonWords, rungInWords, safetyInWords, whoHasIt } from './words.js';
import { hoursInWords } from '../council/ladder.js';
import { asAllocated } from './people-of-alert.js';
import { managersAsked } from '../plr/alert-reached.js';

/** One fact of an alert, for those who have it in person. */
export interface Line {
  readonly label: string;
  readonly text: string;
}

/** All that happened, in the order in which a reader needs it. */
export function linesOf(plr: Plr, alert: Alert, council: CouncilContext): Line[] {
  const when = (by: Plr['managerId'], at: Parameters<typeof timeInWords>[0]) =>
    `${personName(by, council)}, ${timeInWords(at, council.timeZone)}`;
  const flags = alert.reasons.map((flag, index) => ({
    label: index === 0 ? 'Flagged' : isKnownBefore(alert, index) ? 'Flagged again' : 'Flagged as well',
    text: flagInWords(flag, council),
  }));
  const { practitionerId, teamId } = asAllocated(plr, council);
  const { told, away, missed } = whoHasIt(alert, council);
  const lines: (Line | undefined)[] = [
    { label: 'Reference', text: `${plr.ref}, case ${plr.caseRef}` },
    { label: 'With', text: `${personName(practitionerId, council)}, ${teamName(teamId, council)}` },
    ...flags,
    ...reviewersWords(plr, alert),
    ...moderatorsWords(plr),
    alert.state === 'raised'
      ? {
          label: hoursInWords(alert.ladder, 'end', 'ends'),
          text: timeInWords(breachTime(alert), council.timeZone),
        }
      : undefined,
    { label: 'Told', text: told },
    { label: 'Away', text: away },
    { label: 'Could not be reached', text: missed },
    climbedLine(alert),
    ...statementLines(plr, alert, council, when),
  ];
  return lines.filter((line) => line !== undefined && line.text !== '') as Line[];
}

/** Who entered it; and that it was not confirmed, for those who act on it must weigh that. */
function flagInWords({ because, by, at, unconfirmedSince }: Flag, council: CouncilContext): string {
  const time = (of: Instant) => timeInWords(of, council.timeZone);
  const who = personName(by, council);
  return unconfirmedSince === undefined
    ? `${reasonWords[because]} (${who}, ${time(at)})`
    : `${reasonWords[because]}. Not confirmed: ${who} entered it on ${time(unconfirmedSince)}, and it went out by itself on ${time(at)}`;
}

function isKnownBefore({ reasons }: Alert, index: number): boolean {
  return reasons.slice(0, index).some(({ because }) => because === reasons[index]?.because);
}

function climbedLine(alert: Alert): Line | undefined {
  if (climbedTo(alert).length === 0) return undefined;
  const isStraight = managersAsked(alert).missed.length === 0;
  const rung = rungInWords(alert);
  return isStraight ? { label: 'Climbed to', text: `the ${rung}` } : { label: 'Climbed', text: rung };
}

const noWords = 'No words were given: ask whoever entered it what they know.';

/** What the reviewer wrote about the danger, in their own words, even when the review was closed unfinished. */
function reviewersWords({ review }: Plr, { reasons }: Alert): Line[] {
  const { concern, overall } = review.state === 'returned' ? review.answers : dangerIn(review);
  const isFlagged = reasons.some(({ because }) => because === 'immediate-concern');
  const isStill = concern?.immediate === true;
  const what = concern?.what ?? '';
  return [
    {
      label: isStill ? 'The concern' : 'The concern, to which they now say no',
      text: !isFlagged ? '' : what === '' && isStill ? noWords : what,
    },
    { label: 'Why this grade', text: overall?.grade === 'inadequate' ? overall.reason : '' },
  ];
}

/** Why it became Inadequate in moderation: told to those who are told of the grade, and never before both grades are shown. */
function moderatorsWords({ moderation }: Plr): Line[] {
  if (moderation === undefined || !isShown(moderation) || !isNewlyInadequate(moderation)) return [];
  const { moderated } = moderation;
  const settled = moderation.state === 'settled' ? moderation.settled : undefined;
  return [
    {
      label: 'Why this grade, in moderation',
      text: moderated.overall === 'inadequate' ? moderated.reason : '',
    },
    { label: 'Why this grade, as settled', text: settled?.grade === 'inadequate' ? settled.reason : '' },
  ];
}

/** Only these answers of a draft are read: nothing unfinished elsewhere may keep an alert from being shown. */
function dangerIn(review: Exclude<Review, ReturnedReview>): Pick<Answers, 'concern' | 'overall'> {
  const draft = review.state === 'draft' ? review : 'draft' in review ? review.draft : undefined;
  if (draft === undefined) return {};
  const grade = gradeIn(draft, 'overall.grade');
  return {
    concern: {
      immediate: textOf(draft, 'concern.immediate') === 'yes',
      what: textOf(draft, 'concern.what'),
    },
    ...(grade === undefined ? {} : { overall: { grade, reason: textOf(draft, 'overall.reason') } }),
  };
}

/** As many as a card can carry. */
const maxActions = 6;

/** What was directed since the alert was raised, with whichever grip: all of it still has to be done. */
function actionLines({ actions }: Plr, { raisedAt }: Alert, council: CouncilContext): Line[] {
  const directed = actions.filter(
    ({ origin, createdAt }) => origin === 'management-grip' && createdAt >= raisedAt,
  );
  const left = directed.length - maxActions;
  const lines = directed.slice(-maxActions).map(({ what, ownerId, dueOn, state }) => ({
    label: 'Action',
    text: `${what} (${personName(ownerId, council)}, due ${dateInWords(dueOn)}, ${stateInWords(state).toLowerCase()})`,
  }));
  return left > 0 ? [{ label: 'Earlier actions', text: `${left} are not shown here` }, ...lines] : lines;
}

function statementLines(
  plr: Plr,
  alert: Alert,
  council: CouncilContext,
  when: (by: Plr['managerId'], at: Back['at']) => string,
): (Line | undefined)[] {
  if (alert.state === 'raised') return [];
  const { acknowledgement, restated } = alert;
  const back = alert.state === 'acknowledged' ? alert.back : undefined;
  const grip = alert.state === 'acknowledged' ? undefined : alert.grip;
  const closing = alert.state === 'closed' ? alert.closing : undefined;
  const gripBefore = back && alert.earlier.findLast(({ is }) => is === 'grip');
  return [
    { label: 'Acknowledged', text: when(acknowledgement.by, acknowledgement.at) },
    { label: restated || closing ? 'Safety then' : 'Safety', text: safetyInWords(acknowledgement, council) },
    restated && {
      label: closing === undefined ? 'Safety now' : 'Safety before it was closed',
      text: `${safetyInWords(restated, council)} (${when(restated.by, restated.at)})`,
    },
    grip && { label: 'Management grip', text: `${grip.direction} (${when(grip.by, grip.at)})` },
    gripBefore?.is === 'grip'
      ? {
          label: 'Earlier direction',
          text: `${gripBefore.direction} (${when(gripBefore.by, gripBefore.at)})`,
        }
      : undefined,
    ...actionLines(plr, alert, council),
    back && {
      label: back.is === 'sent-back' ? 'Sent back' : 'Re-opened',
      text: `${back.reason} (${when(back.by, back.at)})`,
    },
    closing && {
      label: 'Closed',
      text: `${closing.note === '' ? '' : `${closing.note} `}(${when(closing.by, closing.at)})`,
    },
  ];
}
