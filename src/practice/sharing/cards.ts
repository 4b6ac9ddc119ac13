import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { dateAt } from '../base/time.js';
import { dateInWords, personName } from '../council/words.js';
import { formOf } from '../forms/draft.js';
import { sectionLabels } from '../forms/form-steps.js';
import { gradeInWords } from '../plr/grade.js';
import { finalGrade } from '../plr/moderation-outcome.js';
import type { Plr } from '../plr/plr.js';
import type { ReturnedReview } from '../plr/review.js';

interface News {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly verb: string;
}

/** A short card that says what there is to read, and no more. */
export function newsCard({ cycleId, ref }: Plr, news: News): CardContent {
  return {
    template: 'sharing/news',
    summary: 'News of a Practice Learning Review',
    data: { ...news, address: { cycle: cycleId, ref } },
  };
}

export function returnedNews(plr: Plr, viewer: Person, council: CouncilContext): CardContent {
  const isTheirs = viewer.id === plr.practitionerId;
  return newsCard(plr, {
    title: isTheirs
      ? 'The review of your practice is returned'
      : 'A review of your team’s practice is returned',
    text: `${plr.ref}, reviewed by ${personName(plr.managerId, council)}. Read what works well and what needs to improve.`,
    ...readIt,
  });
}

export function moderatedNews(plr: Plr, _viewer: Person): CardContent {
  return newsCard(plr, {
    title: 'The moderation of a review is finished',
    text: `${plr.ref}. Read which grade stands.`,
    ...readIt,
  });
}

const readIt = { button: 'Read the review', verb: 'sharing.read' };

/** The returned review, whole, for whom it is about. The self-assessment is shown to whoever wrote it. */
export function sharedReview(
  plr: Plr,
  review: ReturnedReview,
  viewer: Person,
  council: CouncilContext,
): CardContent {
  const { answers, returnedAt } = review;
  const { sections } = formOf(review, council);
  const isTheirs = viewer.id === plr.practitionerId;
  const own = isTheirs ? (plr.selfAssessment?.text ?? '') : '';
  return {
    template: 'sharing/review',
    summary: 'A returned Practice Learning Review',
    data: {
      title: isTheirs ? 'The review of your practice' : 'A review of your team’s practice',
      facts: [
        { title: 'Reference', value: `${plr.ref}, case ${plr.caseRef}` },
        { title: 'Reviewed by', value: personName(plr.managerId, council) },
        { title: 'Returned', value: dateInWords(dateAt(returnedAt, council.timeZone)) },
        { title: 'Overall grade', value: overallInWords(plr, review) },
      ],
      rows: [
        ...texts('Why this grade', '', [{ label: '', text: answers.overall?.reason ?? '' }]),
        ...texts('Your self-assessment', '', [{ label: '', text: own }]),
        ...sections.flatMap(({ id, title }) => {
          const answer = answers.sections[id];
          if (answer?.grade === undefined || answer.grade === 'not-applicable') return [];
          return [
            {
              title,
              answer: `: ${gradeInWords(answer.grade)}`,
              texts: filled([
                { label: `${sectionLabels.workingWell}: `, text: answer.workingWell },
                { label: `${sectionLabels.needsToImprove}: `, text: answer.needsToImprove },
              ]),
            },
          ];
        }),
        ...texts(
          'Actions',
          '',
          plr.actions
            .filter(({ origin }) => origin === 'review')
            .map(({ what, ownerId, dueOn }) => ({
              label: '',
              text: `${what} (${personName(ownerId, council)}, due ${dateInWords(dueOn)})`,
            })),
        ),
      ],
    },
  };
}

interface Text {
  readonly label: string;
  readonly text: string;
}

function filled(all: readonly { readonly label: string; readonly text: string | undefined }[]): Text[] {
  return all.filter((one): one is Text => one.text !== undefined && one.text !== '');
}

/** Nothing when there is nothing to read. */
function texts(title: string, answer: string, all: readonly Text[]) {
  const shown = filled(all);
  return shown.length === 0 ? [] : [{ title, answer, texts: shown }];
}

/** A grade says which of the three it is, and whether another may follow. */
function overallInWords({ moderation }: Plr, { answers }: ReturnedReview): string {
  if (answers.overall === undefined) return 'none';
  const { grade, which } = finalGrade(answers.overall.grade, moderation);
  const words = {
    original: '',
    moderated: ', as moderated and agreed',
    settled: ', as settled by the QA lead',
  };
  const isOver = moderation === undefined || moderation.state === 'agreed' || moderation.state === 'settled';
  const same = which === 'original' || grade !== answers.overall.grade ? '' : ' (as the reviewer graded it)';
  return `${gradeInWords(grade)}${words[which]}${same}${isOver ? '' : ', being moderated'}`;
}
