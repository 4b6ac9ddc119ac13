import type { CardContent, Presenter } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, TeamId } from '../base/ids.js';
import type { DocumentKey, DocumentKind, MessageOf } from '../plr/ports.js';
import type { LocalDate } from '../base/time.js';
import { dateInWords, teamName } from '../council/words.js';
import { everyOne } from './read-list.js';

/**
 * How actions stood at the start of a week, in counts and without anything that anyone wrote. One document for
 * each team and each verifier, overwritten each week, so that they do not pile up.
 */
export type Digest = TeamDigest | VerifierDigest;

export interface TeamDigest {
  readonly teamId: TeamId;
  /** The Monday of its week. */
  readonly week: LocalDate;
  readonly counts: DigestCounts;
}

export interface DigestCounts {
  readonly open: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly keepsChildSafe: number;
  readonly toVerify: number;
}

/** For whoever has to verify (docs/domain.md, 4.8): what is done stays on the list until they have done so. */
export interface VerifierDigest {
  readonly verifierId: PersonId;
  readonly week: LocalDate;
  readonly toVerify: number;
  /** The day on which the first of them was done. */
  readonly since: LocalDate;
}

export const digestKind: DocumentKind<Digest, 'digest'> = { kind: 'digest', schemaVersion: 1 };

export function digestKey(digest: Digest): DocumentKey<'digest'> {
  const id = 'teamId' in digest ? digest.teamId : `to-verify.${digest.verifierId}`;
  return { partition: 'council', kind: 'digest', id };
}

export const digestPresenter: Presenter<Digest, MessageOf<'action-digest'>> = {
  kind: digestKind,
  present: (digest, { reason }, council) => {
    if (reason.week !== digest.week) return { superseded: 'there is a newer digest' };
    return 'teamId' in digest ? teamCard(digest, council) : verifierCard(digest);
  },
};

function teamCard({ teamId, week, counts }: TeamDigest, council: CouncilContext): CardContent {
  return {
    template: 'action/digest',
    summary: 'Your team has open actions',
    data: {
      title: 'Your team’s actions this week',
      intro: `How the actions of ${teamName(teamId, council)} stood in the week of ${dateInWords(week)}.`,
      facts: [
        { title: 'Open', value: String(counts.open) },
        { title: 'Overdue', value: String(counts.overdue) },
        { title: 'Due this week', value: String(counts.dueThisWeek) },
        { title: 'Keep a child safe', value: String(counts.keepsChildSafe) },
        { title: 'Waiting to be verified', value: String(counts.toVerify) },
      ],
      list: { scope: 'team', show: 'open', service: everyOne, team: teamId, page: 0 },
    },
  };
}

function verifierCard({ week, toVerify, since }: VerifierDigest): CardContent {
  return {
    template: 'action/digest',
    summary: 'Actions wait to be verified',
    data: {
      title: 'Actions for you to verify',
      intro: `These were done, and waited for you in the week of ${dateInWords(week)}. They stay on the list until somebody verifies or re-opens them.`,
      facts: [
        { title: 'Waiting to be verified', value: String(toVerify) },
        { title: 'The first since', value: dateInWords(since) },
      ],
      list: { scope: 'all', show: 'to-verify', service: everyOne, team: everyOne, page: 0 },
    },
  };
}
