import type { House } from '../council/house.js';
import { finalGrade } from '../plr/moderation-outcome.js';
import { formOf, textOf } from '../forms/draft.js';
import { feedbackInWords } from '../forms/form-steps.js';
import type { Plr } from '../plr/plr.js';
import { isClosed, type ClosedReview, type ReturnedReview } from '../plr/review.js';
import { cohortInWords, dateInWords, personName, serviceName, teamName } from '../council/words.js';
import { isForTheRecord } from '../plr/retention.js';
import { day, graded, heading, paragraph } from './record-parts.js';
import type { RecordPart, RecordContent } from '../surface/record-content.js';
import { actionsForRecord, alertForRecord, moderationForRecord } from './what-followed.js';

/**
 * The finished PLR as it goes on the child's electronic record (docs/domain.md, 4.9). Of a review that was
 * closed it has what an alert brought about; undefined when there is nothing for the record.
 */
export function recordContent(plr: Plr, house: House): RecordContent | undefined {
  const { review } = plr;
  if (!isForTheRecord(plr)) return undefined;
  return {
    title: `Practice Learning Review ${plr.ref}`,
    parts: [
      heading('About this review'),
      ...(review.state === 'returned' ? reviewed(plr, review, house) : []),
      ...(isClosed(review) ? closed(plr, review, house) : []),
      ...alertForRecord(plr, house),
      ...moderationForRecord(plr, house),
      ...actionsForRecord(plr, house),
    ],
  };
}

function reviewed(plr: Plr, review: ReturnedReview, house: House): RecordPart[] {
  const { concern } = review.answers;
  return [
    ...outcome(plr, review, house),
    ...sections(review, house),
    ...together(review),
    ...practitionersView(plr),
    ...concernOf(concern?.immediate === true, concern?.what ?? ''),
  ];
}

/** Without the review, which was not finished, but with what its draft said about the danger (docs/domain.md, 4.1). */
function closed(plr: Plr, { at, draft }: ClosedReview, house: House): RecordPart[] {
  const typed = (field: string) => (draft === undefined ? '' : textOf(draft, field));
  const reason = typed('overall.reason');
  return [
    table(plr, house, [['Closed without a review', day(at, house)]]),
    ...practitionersView(plr),
    ...concernOf(typed('concern.immediate') === 'yes', typed('concern.what')),
    ...(reason === '' ? [] : [paragraph(`Of the overall grade, when it was closed: ${reason}`)]),
  ];
}

function table(plr: Plr, house: House, more: readonly (readonly string[])[]): RecordPart {
  const rows = [
    ['Reference', plr.ref],
    ['Case', plr.caseRef],
    ['Cohort', cohortInWords(plr.cohort)],
    ['Team', `${teamName(plr.teamId, house)}, ${serviceName(plr.serviceId, house)}`],
    ['With', personName(plr.practitionerId, house)],
    ...more,
  ];
  return { is: 'table', columns: ['What', 'Answer'], rows };
}

function outcome(plr: Plr, review: ReturnedReview, house: House): RecordPart[] {
  const { overall } = review.answers;
  const rows = [
    ['Reviewed by', personName(review.returnedBy, house)],
    ['Returned', day(review.returnedAt, house)],
    [
      'Overall grade',
      overall === undefined ? 'None' : graded(finalGrade(overall.grade, plr.moderation).grade),
    ],
  ];
  return [
    table(plr, house, rows),
    ...(overall === undefined || overall.reason === ''
      ? []
      : [paragraph(`The reviewer gave ${graded(overall.grade)}: ${overall.reason}`)]),
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
  if (family !== undefined)
    parts.push(paragraph(`Feedback from the child and family: ${feedbackInWords(family)}`));
  return parts;
}

function practitionersView({ selfAssessment }: Plr): RecordPart[] {
  if (selfAssessment === undefined) return [];
  return [heading('The practitioner’s own view'), paragraph(selfAssessment.text)];
}

function concernOf(immediate: boolean, what: string): RecordPart[] {
  if (!immediate && what === '') return [];
  return [
    heading('Immediate concern'),
    paragraph(`${immediate ? 'Immediate concern' : 'No immediate concern'}: ${what}`),
  ];
}
