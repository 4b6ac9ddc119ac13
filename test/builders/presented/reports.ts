import assert from 'node:assert/strict';
import { isRefusal } from '../../../src/practice/base/errors.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { commentCard, publishCard, reportCard } from '../../../src/practice/reporting/cards.js';
import type { Report } from '../../../src/practice/surface/report-model.js';
import { newDraft, type PublishedReport } from '../../../src/practice/reporting/signed-report.js';
import type { PlrFigures } from '../../../src/practice/plr/figures.js';
import { month } from '../../../src/practice/base/time.js';
import { aContext } from '../a-context.js';
import { figures, reportInput } from '../figures.js';
import type { Presented } from '../presented.js';
import { monthlyReport } from '../reports.js';

const council = aContext({ at: '2022-04-07T09:00:00Z' });
const grades = ['outstanding', 'good', 'good', 'requires_improvement', 'inadequate'] as const;
const returned = (service: string, to: number) =>
  grades.slice(0, to).map((grade, at) =>
    figures()
      .named(`PLR-${service.slice(0, 4)}${at}`)
      .ofService(service)
      .returned()
      .graded(grade)
      .build(),
  );
const notReturned = (service: string) =>
  figures()
    .named(`PLR-${service.slice(0, 4)}9`)
    .ofService(service)
    .build();

function reportOf(of: readonly PlrFigures[]): Report {
  const report = monthlyReport(month('2022-03'), reportInput(of));
  assert.ok(!isRefusal(report));
  return report;
}

const published: PublishedReport = {
  ...newDraft(reportOf(returned('assessment', 2))),
  state: 'published',
  publishedAt: council.now,
  publishedBy: 'qa-lead' as PersonId,
};
const all = [
  ...returned('assessment', 5),
  ...returned('children-in-care', 3),
  notReturned('assessment'),
  notReturned('children-in-care'),
];
const draft = newDraft(reportOf(all), published);
const comment = 'March was the first month in which every service returned reviews.';

export const presentedReports: Presented = {
  'report/report': () => reportCard({ ...draft, comment }, council, 'The comment is saved.'),
  'report/comment': () =>
    commentCard(
      { ...draft, comment },
      {
        comment: 'The figures are late.',
        mistake:
          'The comment was changed since you opened this. Nothing of yours is saved yet: compare, then save again.',
      },
    ),
  'report/publish': () =>
    publishCard(draft, {
      ...council,
      boardChannel: { channel: '19:board@thread.tacv2', team: '19:qa@thread.tacv2' },
    }),
};
