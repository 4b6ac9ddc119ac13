import { may } from '../plr/plr-access.js';
import { assertNever, isRefusal } from '../base/errors.js';
import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Form } from '../council/form.js';
import { gradeChoices } from '../forms/form-steps.js';
import { gradeInWords } from '../plr/grade.js';
import { dateAt } from '../base/time.js';
import { dateInWords, givenBack, personName } from '../council/words.js';
import type { SectionGrade } from '../plr/blind-grades.js';
import { gaveAGrade, waitsForSettling } from './decide-answer.js';
import { noted } from './cards-blind.js';
import { blindFormOf } from './blind-plr.js';
import { managerIsAway, settlingOf } from './due.js';
import { type GradedModeration, type SettledModeration, feedbackLimit } from '../plr/moderation.js';
import { sideBySide, type GradeBeside, type ShownModeration } from '../plr/moderation-outcome.js';

export const answerLimit = 1000;

/** What the viewer typed but could not be kept. */
export interface OutcomeNote {
  readonly say: string;
  readonly typed?: Readonly<Record<string, string>>;
}

/**
 * Both grades side by side, the same for the manager, the moderator and the QA lead; below it what this
 * viewer can do next. Differences are said in words.
 */
export function outcomeCard(
  plr: Plr,
  moderation: ShownModeration,
  viewer: Person,
  council: CouncilContext,
  { note, opensForm = false }: { readonly note?: OutcomeNote | undefined; readonly opensForm?: boolean } = {},
): CardContent {
  const form = blindFormOf(plr, council);
  const [overall, ...sections] = sideBySide(moderation);
  const reasons = new Map(moderation.moderated.sections.map(({ section, reason }) => [section, reason]));
  const typed = (field: string, kept = '') => note?.typed?.[field] ?? kept;
  const settles =
    may(viewer, 'settle moderation', plr, council) &&
    !isRefusal(waitsForSettling(moderation, viewer.id, settlingOf(moderation, council)));
  const shown = forms(moderation, viewer.id, settles, opensForm);
  const alone = settles && gaveAGrade(moderation, viewer.id) ? ` ${settlesAlone}` : '';
  return {
    template: 'moderation/outcome',
    summary: 'A moderated Practice Learning Review',
    data: {
      cycle: plr.cycleId,
      ref: plr.ref,
      ...noted(note),
      facts: [
        { title: 'Case', value: plr.caseRef },
        { title: 'Practitioner', value: personName(plr.practitionerId, council) },
        { title: 'Manager', value: personName(moderation.original.by, council) },
        { title: 'Moderator', value: personName(moderation.moderatorId, council) },
      ],
      status: statusInWords(moderation, council) + alone,
      rows: [
        ...(overall === undefined ? [] : [row(overall, 'Overall grade', moderation.moderated.reason)]),
        ...differentFirst(sections).map((one) =>
          row(one, titleOf(form, one.section), reasons.get(one.section) ?? ''),
        ),
      ],
      texts: [...spoken(moderation), ...withoutForm(note, shown)],
      ...shown,
      why: typed('why'),
      settleReason: typed('settleReason'),
      settleGrade: typed('settleGrade'),
      gradeChoices,
      confirmed: typed('confirmed', moderation.feedback?.confirmed),
      nextTime: typed('nextTime', moderation.feedback?.nextTime),
      answerLimit,
      feedbackLimit,
    },
  };
}

/** What the two have to talk about comes before what they agreed on. */
function differentFirst(sections: readonly GradeBeside[]): GradeBeside[] {
  return [...sections].sort((one, other) => Number(other.differs) - Number(one.differs));
}

function row(
  { original, moderated, differs, inWords: difference }: GradeBeside,
  title: string,
  reason: string,
) {
  return {
    title: differs ? `${title}: ${difference}` : title,
    grades: differs
      ? `Manager: ${inWords(original)}. Moderator: ${inWords(moderated)}.`
      : `Both: ${inWords(original)}.`,
    hasReason: reason !== '',
    reason,
  };
}

/** What people said about it: shown as they wrote it. */
function spoken(moderation: ShownModeration) {
  const disputed = 'disputed' in moderation ? moderation.disputed : undefined;
  return [
    ...(disputed === undefined ? [] : [{ heading: 'Why the manager did not agree', text: disputed.why }]),
    ...(moderation.state === 'settled'
      ? [{ heading: 'Why the QA lead settled it so', text: moderation.settled.reason }]
      : []),
    ...(moderation.feedback === undefined
      ? []
      : [
          { heading: 'What was confirmed', text: moderation.feedback.confirmed },
          { heading: 'To look at next time', text: moderation.feedback.nextTime },
        ]),
  ];
}

/** What was typed into a form that the card no longer has. */
function withoutForm(
  { typed = {} }: Partial<OutcomeNote> = {},
  { canAnswer, canSettle, canWrite }: ReturnType<typeof forms>,
) {
  const gone = [
    ...(canAnswer ? [] : [typed['why']]),
    ...(canSettle ? [] : [typed['settleReason']]),
    ...(canWrite ? [] : [typed['confirmed'], typed['nextTime']]),
  ];
  const text = givenBack(
    gone.filter((one) => one !== undefined),
    answerLimit,
  );
  return text === '' ? [] : [{ heading: 'What you typed was not saved', text }];
}

/** Which of the three forms this viewer sees; the decisions check again. */
function forms(moderation: ShownModeration, id: PersonId, settles: boolean, opensForm: boolean) {
  const answers = moderation.state === 'graded' && id === moderation.original.by;
  const writes = id === moderation.moderatorId;
  return {
    canAgree: answers,
    canAnswer: answers && !opensForm,
    canSettle: settles && !opensForm,
    canWrite: writes && !opensForm,
    opens: opensForm
      ? [
          ...(answers ? ['I do not agree'] : []),
          ...(settles ? ['Settle the grade'] : []),
          ...(writes ? ['Send feedback'] : []),
        ]
      : [],
  };
}

const settlesAlone =
  'You gave one of the two grades, but no other QA lead is here: settle it with your reason, and the record says so.';

function statusInWords(moderation: ShownModeration, council: CouncilContext): string {
  const on = (at: Parameters<typeof dateAt>[0]) => dateInWords(dateAt(at, council.timeZone));
  switch (moderation.state) {
    case 'graded':
      return `Moderated on ${on(moderation.moderated.at)}. ${whoAnswers(moderation, council)}`;
    case 'agreed':
      return `The manager agreed with the moderated grade on ${on(moderation.agreed.at)}. Both grades are kept.`;
    case 'disputed':
      return `The manager did not agree on ${on(moderation.disputed.at)}. The QA lead will settle the grade.`;
    case 'settled':
      return settledInWords(moderation.settled, on(moderation.settled.at));
    default:
      return assertNever(moderation);
  }
}

function settledInWords({ grade, nobodyElse }: SettledModeration['settled'], on: string): string {
  const alone = nobodyElse ? ' They had given one of the two grades: no other QA lead was here.' : '';
  return `Settled by the QA lead on ${on}: ${gradeInWords(grade)}.${alone} All grades are kept.`;
}

function whoAnswers(moderation: GradedModeration, council: CouncilContext): string {
  const by = dateInWords(moderation.dueOn);
  if (council.today > moderation.dueOn)
    return `It was to be answered by ${by}. The manager who returned it still can; a QA lead may settle the grade here instead.`;
  if (managerIsAway(moderation, council))
    return `The manager who returned it has left or is away until it is due, so a QA lead settles the grade here by ${by}.`;
  return `Please talk it through; the manager then answers here by ${by}.`;
}

function titleOf({ sections }: Form, id: string): string {
  return sections.find((section) => section.id === id)?.title ?? id;
}

function inWords(grade: SectionGrade): string {
  return grade === 'not-applicable' ? 'Not applicable' : gradeInWords(grade);
}
