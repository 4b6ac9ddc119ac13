import type { CouncilContext } from '../council/council-context.js';
import { finalGrade } from '../plr/moderation-outcome.js';
import { formOf, textOf } from '../forms/draft.js';
import { feedbackInWords } from '../forms/form-steps.js';
import type { Plr } from '../plr/plr.js';
import { isClosed, type EndedReview, type ReturnedReview } from '../plr/review.js';
import { takenBackInWords } from '../reviews/cards-unconfirmed.js';
import { cohortInWords, dateInWords, personName, serviceName, teamName } from '../council/words.js';
import { isForTheRecord } from '../plr/retention.js';
import { day, graded, heading, paragraph } from './paragraphs.js';
import type { RecordPart, RecordContent } from '../surface/record-content.js';
import { actionsForRecord, alertForRecord, moderationForRecord } from './what-followed.js';

/**
 * The finished PLR as it goes on the child's electronic record (docs/domain.md, 4.9). Of a review that was
 * closed it has what an alert brought about; undefined when there is nothing for the record.
 */
export function recordContent(plr: Plr, council: CouncilContext): RecordContent | undefined {
  const { review } = plr;
  if (!isForTheRecord(plr)) return undefined;
  return {
    title: `Practice Learning Review ${plr.ref}`,
    parts: [
      heading('About this review'),
      ...(review.state === 'returned' ? reviewed(plr, review, council) : []),
      ...(isClosed(review) ? closed(plr, review, council) : []),
      ...alertForRecord(plr, council),
      ...moderationForRecord(plr, council),
      ...actionsForRecord(plr, council),
    ],
  };
}

function reviewed(plr: Plr, review: ReturnedReview, council: CouncilContext): RecordPart[] {
  const { concern } = review.answers;
  return [
    ...outcome(plr, review, council),
    ...sections(review, council),
    ...together(review),
    ...practitionersView(plr),
    ...concernOf(concern?.immediate === true, concern?.what ?? ''),
    ...takenBackOf(plr, council),
  ];
}

/** Without the review, which was not finished, but with what its draft said about the danger (docs/domain.md, 4.1). */
function closed(plr: Plr, { at, draft }: EndedReview, council: CouncilContext): RecordPart[] {
  const typed = (field: string) => (draft === undefined ? '' : textOf(draft, field));
  const reason = typed('overall.reason');
  return [
    table(plr, council, [['Closed without a review', day(at, council)]]),
    ...practitionersView(plr),
    ...concernOf(typed('concern.immediate') === 'yes', typed('concern.what')),
    ...takenBackOf(plr, council),
    ...(reason === '' ? [] : [paragraph(`Of the overall grade, when it was closed: ${reason}`)]),
  ];
}

function table(plr: Plr, council: CouncilContext, more: readonly (readonly string[])[]): RecordPart {
  const rows = [
    ['Reference', plr.ref],
    ['Case', plr.caseRef],
    ['Cohort', cohortInWords(plr.cohort)],
    ['Team', `${teamName(plr.teamId, council)}, ${serviceName(plr.serviceId, council)}`],
    ['With', personName(plr.practitionerId, council)],
    ...more,
  ];
  return { is: 'table', columns: ['What', 'Answer'], rows };
}

function outcome(plr: Plr, review: ReturnedReview, council: CouncilContext): RecordPart[] {
  const { overall } = review.answers;
  const rows = [
    ['Reviewed by', personName(review.returnedBy, council)],
    ['Returned', day(review.returnedAt, council)],
    [
      'Overall grade',
      overall === undefined ? 'None' : graded(finalGrade(overall.grade, plr.moderation).grade),
    ],
  ];
  return [
    table(plr, council, rows),
    ...(overall === undefined || overall.reason === ''
      ? []
      : [paragraph(`The reviewer gave ${graded(overall.grade)}: ${overall.reason}`)]),
  ];
}

function sections(review: ReturnedReview, council: CouncilContext): RecordPart[] {
  const { answers } = review;
  const { sections: asked } = formOf(review, council);
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

function takenBackOf(plr: Plr, council: CouncilContext): RecordPart[] {
  const all = takenBackInWords(plr, council);
  if (all.length === 0) return [];
  return [heading('Begun and taken back'), ...all.map((one) => paragraph(`${one}. Nobody was told.`))];
}

function concernOf(immediate: boolean, what: string): RecordPart[] {
  if (!immediate && what === '') return [];
  return [
    heading('Immediate concern'),
    paragraph(`${immediate ? 'Immediate concern' : 'No immediate concern'}: ${what}`),
  ];
}
