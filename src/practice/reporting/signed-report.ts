import { qaLeads } from '../council/staff.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Change, DocumentKey, DocumentKind, Message } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import type { OpenReport } from '../plr/open-facts.js';
import type { Period } from '../plr/period.js';
import { changesBetween } from './report-changes.js';
import type { DataNote, Report } from '../surface/report-model.js';

/**
 * One version of a period's report. A draft is made again from the record whenever somebody looks at it. What
 * is published is kept word for word, and no function here changes it. A correction is the next version.
 */
export type SignedReport = DraftReport | PublishedReport;

interface ReportFacts {
  readonly period: Period;
  readonly version: number;
  readonly report: Report;
  /** The QA lead's own words, printed with the report. */
  readonly comment: string;
  /** For a correction: what differs from the version before, cell by cell. */
  readonly changes: readonly string[];
}

export interface DraftReport extends ReportFacts {
  readonly state: 'draft';
  /** Raised by every change, so that nobody signs off what they have not seen. */
  readonly revision: number;
  /** When the QA leads were told of it: at the close, even if somebody began it earlier. */
  readonly announcedAt?: Instant;
}

export interface PublishedReport extends ReportFacts {
  readonly state: 'published';
  readonly publishedAt: Instant;
  readonly publishedBy: PersonId;
}

export const signedReportKind: DocumentKind<SignedReport, 'report'> = {
  kind: 'report',
  schemaVersion: 1,
  open: openOfReport,
};

/** A draft that was announced at the close waits to be signed off; one that somebody only looked at early does not. */
function openOfReport(signed: SignedReport): OpenReport | undefined {
  if (signed.state === 'published' || signed.announcedAt === undefined) return undefined;
  return { periodId: signed.period.id, since: signed.announcedAt };
}

export function reportKey(periodId: string, version: number): DocumentKey<'report'> {
  return { partition: 'council', kind: 'report', id: `${periodId}.v${version}` };
}

/** The first draft or, after a published version, its correction, with that version's comment or a new one. */
export function newDraft(
  report: Report,
  after?: PublishedReport,
  comment = after?.comment ?? '',
): DraftReport {
  return {
    state: 'draft',
    period: report.period,
    version: (after?.version ?? 0) + 1,
    report,
    comment,
    changes: differences(report, comment, after),
    revision: 1,
  };
}

function differences(report: Report, comment: string, after: PublishedReport | undefined): string[] {
  if (after === undefined) return [];
  const said = comment === after.comment ? [] : ['The QA lead’s comment was changed.'];
  return [...said, ...changesBetween(after.report, report)];
}

/** The report as it goes out: with its version, the QA lead's comment, and what a correction changed. */
export function signedOff({ state, report, version, comment, changes }: SignedReport): Report {
  const standing = state === 'draft' ? `draft of version ${version}, not signed off` : `version ${version}`;
  const corrected = changes.map((say): DataNote => ({ kind: 'correction', level: 'information', say }));
  return {
    ...report,
    scope: `${report.scope}, ${standing}`,
    headlines: [...(comment === '' ? [] : [`The QA lead’s comment: ${comment}`]), ...report.headlines],
    notes: [...corrected, ...report.notes],
  };
}

type Settled = Refusal<'published-already' | 'seen-another'>;

/** The draft with the record's figures as they are now. */
export function refreshed(
  draft: SignedReport,
  report: Report,
  after?: PublishedReport,
): Change<SignedReport> | Settled {
  if (draft.state === 'published') return publishedAlready(draft);
  const changes = differences(report, draft.comment, after);
  const state: DraftReport = { ...draft, report, changes, revision: draft.revision + 1 };
  return { state, did: 'made the draft again', messages: [] };
}

/** @param seen the comment that the QA lead replaced: nobody else's is replaced unseen. */
export function commented(
  draft: SignedReport,
  comment: string,
  seen: string,
): Change<SignedReport> | Settled {
  if (draft.state === 'published') return publishedAlready(draft);
  if (draft.comment !== seen && draft.comment !== comment)
    return refuse(
      'seen-another',
      'The comment was changed since you opened this. Nothing of yours is saved yet: compare, then save again.',
    );
  const state: DraftReport = { ...draft, comment, revision: draft.revision + 1 };
  return { state, did: 'commented on the report', messages: [] };
}

/** @param seen the revision that the QA lead looked at. */
export function published(
  draft: SignedReport,
  seen: number,
  by: PersonId,
  council: CouncilContext,
): Change<SignedReport> | Settled {
  if (draft.state === 'published') return publishedAlready(draft);
  if (draft.revision !== seen)
    return refuse(
      'seen-another',
      'The draft changed since you looked at it. Look at it again, then sign it off.',
    );
  const { period, version, report, comment, changes } = draft;
  const state: PublishedReport = {
    ...{ state: 'published', period, version, report, comment, changes },
    ...{ publishedAt: council.now, publishedBy: by },
  };
  return { state, did: 'published the report', messages: toTheBoard(state, council) };
}

function publishedAlready({ version }: PublishedReport): Refusal<'published-already'> {
  return refuse(
    'published-already',
    `Version ${version} is published and never changes. Make a correction: it becomes version ${version + 1}.`,
  );
}

/** Nothing is posted where the council has named no channel for its Board. */
function toTheBoard({ period, version }: PublishedReport, { boardChannel }: CouncilContext): Message[] {
  if (boardChannel === undefined) return [];
  return [
    {
      key: `report.${period.id}.v${version}.published`,
      to: { channel: 'board' },
      card: 'report-published',
      about: reportKey(period.id, version),
      urgency: 'ordinary',
    },
  ];
}

/** The draft that a closed month brings by itself: to each QA lead, once. */
export function announced(
  draft: SignedReport,
  council: CouncilContext,
): Change<SignedReport> | Refusal<'announced-already'> {
  if (draft.state === 'published' || isAnnounced(draft))
    return refuse('announced-already', 'The QA leads know of it.');
  const state: SignedReport = { ...draft, announcedAt: council.now };
  return { state, did: 'announced the draft', messages: draftMessages(draft, council) };
}

export function isAnnounced(signed: SignedReport): boolean {
  return signed.state === 'published' || signed.announcedAt !== undefined;
}

function draftMessages({ period, version }: DraftReport, council: CouncilContext): Message[] {
  return qaLeads(council).map((person) => ({
    key: `report.${period.id}.v${version}.draft.${person}`,
    to: { person },
    card: 'report-draft',
    about: reportKey(period.id, version),
    urgency: 'ordinary',
  }));
}
