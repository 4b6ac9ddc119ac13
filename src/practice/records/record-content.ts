import type { Action } from '../actions/action.js';
import type { House } from '../house.js';
import { formOf } from '../reviews/draft.js';
import { gradeInWords } from '../reviews/grade.js';
import type { Plr } from '../plr.js';
import type { ReturnedReview } from '../reviews/review.js';
import { dateAt, type Instant } from '../time.js';
import { cohortInWords, dateInWords, personName, serviceName, teamName } from '../words.js';

/** What the child's record gets of a PLR, before it is a Word document: headings, words, tables. */
export interface RecordContent {
  readonly title: string;
  readonly parts: readonly RecordPart[];
}

export type RecordPart =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  | {
      readonly is: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** 4.9: the finished PLR as it goes on the child's electronic record; undefined before it is returned. */
export function recordContent(plr: Plr, house: House): RecordContent | undefined {
  const { review } = plr;
  if (review.state !== 'returned') return undefined;
  return {
    title: `Practice Learning Review ${plr.ref}`,
    parts: [
      ...facts(plr, review, house),
      ...sections(review, house),
      ...together(review),
      ...practitionersView(plr),
      ...concern(plr, review, house),
      ...moderation(plr, house),
      ...actions(plr, house),
    ],
  };
}

const heading = (text: string): RecordPart => ({ is: 'heading', text });
const paragraph = (text: string): RecordPart => ({ is: 'paragraph', text });
const day = (at: Instant, house: House) => dateInWords(dateAt(at, house.timeZone));
const graded = (grade: string) =>
  grade === 'not-applicable' ? 'Not applicable' : gradeInWords(grade as Parameters<typeof gradeInWords>[0]);

function facts(plr: Plr, review: ReturnedReview, house: House): RecordPart[] {
  const rows = [
    ['Reference', plr.ref],
    ['Case', plr.caseRef],
    ['Cohort', cohortInWords(plr.cohort)],
    ['Team', `${teamName(plr.teamId, house)}, ${serviceName(plr.serviceId, house)}`],
    ['Reviewed by', personName(review.returnedBy, house)],
    ['With', personName(plr.practitionerId, house)],
    ['Returned', day(review.returnedAt, house)],
    ['Overall grade', review.answers.overall === undefined ? 'None' : graded(review.answers.overall.grade)],
  ];
  const reason = review.answers.overall?.reason ?? '';
  return [
    heading('About this review'),
    { is: 'table', columns: ['What', 'Answer'], rows },
    ...(reason === '' ? [] : [paragraph(`Why this grade: ${reason}`)]),
  ];
}

function sections(review: ReturnedReview, house: House): RecordPart[] {
  const { answers } = review;
  const { sections: asked } = formOf(review, house);
  return asked.flatMap(({ id, title }) => {
    const answer = answers.sections[id];
    if (answer === undefined) return [];
    return [
      heading(title),
      ...(answer.grade === undefined ? [] : [paragraph(`Grade: ${graded(answer.grade)}`)]),
      ...(answer.workingWell === '' ? [] : [paragraph(`What is working well: ${answer.workingWell}`)]),
      ...(answer.needsToImprove === '' ? [] : [paragraph(`What needs to improve: ${answer.needsToImprove}`)]),
    ];
  });
}

function together({ answers }: ReturnedReview): RecordPart[] {
  const { together: held, family } = answers;
  const parts: RecordPart[] = [heading('Together')];
  if (held !== undefined) {
    const on = held.on === undefined ? '' : ` on ${dateInWords(held.on)}`;
    parts.push(paragraph(held.tookPlace ? `Reviewed with the practitioner${on}.` : 'Not reviewed together.'));
    if (held.practitionersPart !== '') parts.push(paragraph(held.practitionersPart));
  }
  if (family !== undefined) {
    const said = {
      given: () => `The child and family said: ${family.is === 'given' ? family.what : ''}`,
      'sought-not-given': () => 'The child and family were asked and did not wish to say.',
      'not-sought': () =>
        `The child and family were not asked: ${family.is === 'not-sought' ? family.why : ''}`,
    };
    parts.push(paragraph(said[family.is]()));
  }
  return parts;
}

function practitionersView({ selfAssessment }: Plr): RecordPart[] {
  if (selfAssessment === undefined) return [];
  return [heading('The practitioner’s own view'), paragraph(selfAssessment.text)];
}

function concern({ alert }: Plr, { answers }: ReturnedReview, house: House): RecordPart[] {
  const { concern: asked } = answers;
  if (asked?.immediate !== true && alert === undefined) return [];
  return [
    heading('Immediate concern and alert'),
    ...(asked?.immediate === true ? [paragraph(`Immediate concern: ${asked.what}`)] : []),
    ...(alert === undefined ? [] : [paragraph(`Alert raised on ${day(alert.raisedAt, house)}.`)]),
    ...(alert !== undefined && 'acknowledgement' in alert
      ? [
          paragraph(
            `Acknowledged by ${personName(alert.acknowledgement.by, house)} on ${day(alert.acknowledgement.at, house)}. ${alert.acknowledgement.details}`,
          ),
        ]
      : []),
    ...(alert !== undefined && 'grip' in alert
      ? [paragraph(`Management direction by ${personName(alert.grip.by, house)}: ${alert.grip.direction}`)]
      : []),
  ];
}

function moderation({ moderation: moderated }: Plr, house: House): RecordPart[] {
  if (moderated === undefined || !('moderated' in moderated)) return [];
  const { original, moderated: second } = moderated;
  return [
    heading('Moderation'),
    paragraph(
      `${personName(second.by, house)} graded it independently: ${gradeInWords(second.overall)}. The reviewer’s grade was ${gradeInWords(original.overall)}.`,
    ),
    ...(moderated.state === 'settled'
      ? [paragraph(`Settled as ${gradeInWords(moderated.settled.grade)}: ${moderated.settled.reason}`)]
      : []),
  ];
}

function actions({ actions: all }: Plr, house: House): RecordPart[] {
  if (all.length === 0) return [heading('Actions'), paragraph('No action was needed.')];
  return [
    heading('Actions'),
    {
      is: 'table',
      columns: ['Action', 'Owner', 'Due', 'State', 'What came of it'],
      rows: all.map((action) => [
        action.what,
        personName(action.ownerId, house),
        dateInWords(action.dueOn),
        states[action.state],
        outcomeOf(action),
      ]),
    },
  ];
}

const states: Readonly<Record<Action['state'], string>> = {
  'to-do': 'To do',
  'in-progress': 'In progress',
  done: 'Done',
  verified: 'Done and checked',
  'cannot-be-done': 'Cannot be done',
};

function outcomeOf(action: Action): string {
  if (action.state === 'cannot-be-done') return action.why;
  if (action.state === 'done' || action.state === 'verified')
    return `${action.evidence} ${action.difference}`.trim();
  return '';
}
