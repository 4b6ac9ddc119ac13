import { isRefusal, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Documents, LogEntry } from '../plr/ports.js';
import { boardReport } from './board-report.js';
import type { Period } from '../plr/period.js';
import { readReportInput, type ReportServices } from './read-report-input.js';
import type { Report } from '../surface/report-model.js';
import { newDraft, refreshed, reportKey, signedReportKind, type SignedReport } from './signed-report.js';

/** The period's report from the record as it is now; refused when its figures contradict each other. */
async function reportNow(
  period: Period,
  services: ReportServices,
  council: CouncilContext,
): Promise<Report | Refusal> {
  return boardReport(period, await readReportInput(period, services, council.today, council));
}

/** Every version there is, oldest first. */
export async function versionsOf(periodId: string, documents: Documents): Promise<SignedReport[]> {
  const found: SignedReport[] = [];
  for (;;) {
    const next = await documents.read(signedReportKind, reportKey(periodId, found.length + 1));
    if (next === undefined) return found;
    found.push(next);
  }
}

/** The newest version. A published one is left as it is, and a draft is made again with today's figures. */
export async function openReport(
  period: Period,
  services: ReportServices,
  council: CouncilContext,
  by: LogEntry['by'],
): Promise<SignedReport | Refusal> {
  const versions = await versionsOf(period.id, services.documents);
  const newest = versions.at(-1);
  if (newest?.state === 'published') return newest;
  const report = await reportNow(period, services, council);
  if (isRefusal(report)) return report;
  const before = publishedBefore(versions);
  if (newest === undefined) return startDraft(newDraft(report), services, by);
  if (sameFigures(newest.report, report)) return newest;
  const key = reportKey(period.id, newest.version);
  const made = await services.documents.change(signedReportKind, key, by, (now) =>
    refreshed(now, report, before),
  );
  return isRefusal(made) ? made : made.after;
}

/**
 * A correction of what is published: a new draft, or the refusal that there is nothing to correct.
 * @param comment the QA lead's new words, which may be all that is corrected.
 */
export async function correctReport(
  period: Period,
  services: ReportServices,
  council: CouncilContext,
  by: PersonId,
  comment?: string,
): Promise<SignedReport | Refusal> {
  const newest = (await versionsOf(period.id, services.documents)).at(-1);
  if (newest?.state !== 'published') return openReport(period, services, council, by);
  const report = await reportNow(period, services, council);
  if (isRefusal(report)) return report;
  const draft = newDraft(report, newest, comment);
  if (draft.changes.length === 0)
    return {
      refused: 'nothing-to-correct',
      say: `The record gives the same figures as version ${newest.version}: there is nothing to correct but the comment.`,
    };
  return startDraft(draft, services, by);
}

/** Another process may have begun the same draft: then that one is used. */
async function startDraft(
  draft: ReturnType<typeof newDraft>,
  { documents }: ReportServices,
  by: LogEntry['by'],
): Promise<SignedReport> {
  const key = reportKey(draft.period.id, draft.version);
  await documents.create(
    signedReportKind,
    key,
    { state: draft, did: 'drafted the report', messages: [] },
    by,
  );
  return (await documents.read(signedReportKind, key)) ?? draft;
}

function publishedBefore(versions: readonly SignedReport[]) {
  return versions.flatMap((one) => (one.state === 'published' ? [one] : [])).at(-1);
}

/** Looking at a draft twice in a day does not change it. */
function sameFigures(one: Report, other: Report): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
