import type { ActionStep } from '../plr/action.js';
import { stateInWords } from '../actions/rag.js';
import type { Flag, Statement } from '../plr/alert.js';
import { reasonWords, safetyInWords } from '../alerts/words.js';
import { statementsOf } from '../alerts/decide-raising.js';
import { assertNever } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import { blindFormOf } from '../moderation/blind-plr.js';
import { isShown, type ShownModeration } from '../plr/moderation-outcome.js';
import type { DisputedModeration } from '../plr/moderation.js';
import type { Plr } from '../plr/plr.js';
import { dateInWords, personName, timeInWords } from '../council/words.js';
import { day, graded, heading, paragraph } from './paragraphs.js';
import type { RecordPart } from '../surface/record-content.js';

/**
 * Why it was raised, and everything that was stated about the child's safety since, in order and complete
 * (docs/domain.md, 4.3).
 */
export function alertForRecord({ alert }: Plr, council: CouncilContext): RecordPart[] {
  if (alert === undefined) return [];
  const said = [...alert.reasons, ...alert.earlier, ...statementsOf(alert)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  return [heading('Alert'), ...said.map((one) => paragraph(statementInWords(one, council)))];
}

function statementInWords(said: Flag | Statement, council: CouncilContext): string {
  const who = personName(said.by, council);
  const on = `on ${timeInWords(said.at, council.timeZone)}`;
  if (!('is' in said)) return flagInWords(said, council);
  switch (said.is) {
    case 'acknowledgement':
      return `${who} stated ${on}: ${safetyInWords(said, council)}`;
    case 'restatement':
      return `${who} stated anew ${on}: ${safetyInWords(said, council)}`;
    case 'grip':
      return `Management direction by ${who} ${on}: ${said.direction}`;
    case 'sent-back':
      return `${who} sent it back ${on}: ${said.reason}`;
    case 'reopened':
      return `${who} re-opened it ${on}: ${said.reason}`;
    case 'closing':
      return `${who} closed it ${on}${said.note === '' ? '.' : `: ${said.note}`}`;
    default:
      return assertNever(said);
  }
}

function flagInWords({ because, by, at, unconfirmedSince }: Flag, council: CouncilContext): string {
  const { timeZone } = council;
  const who = personName(by, council);
  return unconfirmedSince === undefined
    ? `${who} raised it on ${timeInWords(at, timeZone)}: ${reasonWords[because]}.`
    : `It went out by itself on ${timeInWords(at, timeZone)}: ${reasonWords[because]}. ${who} had entered it on ${timeInWords(unconfirmedSince, timeZone)} and not confirmed it.`;
}

/** The second grade, its reason for each section, and how it ended (docs/domain.md, 4.4). */
export function moderationForRecord(plr: Plr, council: CouncilContext): RecordPart[] {
  const { moderation } = plr;
  if (moderation === undefined || !isShown(moderation)) return [];
  const { original, moderated } = moderation;
  const titles = new Map(blindFormOf(plr, council).sections.map(({ id, title }) => [id, title]));
  return [
    heading('Moderation'),
    paragraph(
      `${personName(moderated.by, council)} graded it independently: ${graded(moderated.overall)}. The reviewer’s grade was ${graded(original.overall)}.`,
    ),
    paragraph(`Why the moderator gave this grade: ${moderated.reason}`),
    ...moderated.sections.map(({ section, grade, reason }) =>
      paragraph(`${titles.get(section) ?? section}: ${graded(grade)}. ${reason}`.trim()),
    ),
    ...answered(moderation, council),
  ];
}

/** What the reviewer answered, and so which grade stands. */
function answered(moderation: ShownModeration, council: CouncilContext): RecordPart[] {
  switch (moderation.state) {
    case 'graded':
      return [paragraph('Not agreed yet: the reviewer’s grade stands until then.')];
    case 'agreed': {
      const { by, at } = moderation.agreed;
      return [
        paragraph(
          `${personName(by, council)} agreed on ${day(at, council)}: ${graded(moderation.moderated.overall)} is the grade that stands.`,
        ),
      ];
    }
    case 'disputed':
      return [
        disagreement(moderation.disputed, council),
        paragraph('Not settled yet: the reviewer’s grade stands until then.'),
      ];
    case 'settled': {
      const { by, at, grade, reason, nobodyElse } = moderation.settled;
      return [
        moderation.disputed === undefined
          ? paragraph('The manager did not answer.')
          : disagreement(moderation.disputed, council),
        paragraph(
          `Settled by ${personName(by, council)} on ${day(at, council)} as ${graded(grade)}: ${reason}`,
        ),
        ...(nobodyElse
          ? [paragraph('They had given one of the two grades themselves: no other QA lead was there.')]
          : []),
      ];
    }
    default:
      return assertNever(moderation);
  }
}

function disagreement({ by, at, why }: DisputedModeration['disputed'], council: CouncilContext): RecordPart {
  return paragraph(`${personName(by, council)} did not agree on ${day(at, council)}: ${why}`);
}

/** Each action with what was said of it at each step (docs/domain.md, 4.7). */
export function actionsForRecord({ actions: all }: Plr, council: CouncilContext): RecordPart[] {
  if (all.length === 0) return [heading('Actions'), paragraph('No action was needed.')];
  return [
    heading('Actions'),
    {
      is: 'table',
      columns: ['Action', 'Owner', 'Due', 'State', 'What came of it'],
      rows: all.map((action) => [
        action.what,
        personName(action.ownerId, council),
        dateInWords(action.dueOn),
        stateInWords(action.state),
        action.history.flatMap((step) => stepInWords(step, council)).join('\n'),
      ]),
    },
  ];
}

function stepInWords(step: ActionStep, council: CouncilContext): string[] {
  const on = day(step.at, council);
  switch (step.is) {
    case 'done':
      return [`Done, ${on}: ${step.evidence}`, `Difference for the child: ${step.difference}`];
    case 'cannot-be-done':
      return [`Cannot be done, ${on}: ${step.why}`];
    case 'reopened':
      return [`Re-opened, ${on}: ${step.why}`];
    case 'verified':
      return [`Checked by the QA Service, ${on}.`];
    case 'created':
    case 'started':
    case 'put-back':
    case 'reassigned':
      return [];
    default:
      return assertNever(step);
  }
}
