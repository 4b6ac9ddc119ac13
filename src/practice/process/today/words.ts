import { addDays, dateAt, daysBetween, type Instant, type LocalDate } from '../../base/time.js';
import { ageInWords } from '../../alerts/words.js';
import { rungWords } from '../../council/ladder.js';
import type { CouncilContext } from '../../council/council-context.js';
import { capital, dateInWords, personName, serviceName, teamName, timeInWords } from '../../council/words.js';
import { cycleInWords } from '../../cycles/words.js';
import { parseCycleId } from '../../plr/cycle.js';
import type { Recipient } from '../../plr/ports.js';
import { whyNotSent } from '../../surface/why-not-sent.js';
import type { Open, OpenKind, VacantPost } from '../open/open-item.js';
import type { SeenItem } from '../open/seen-by.js';
import type { OpenSort, Several } from './sorts.js';

/** What is to be done, said to the one who has to do it; and what is open, said to anyone else. */
const titles: Readonly<Record<OpenKind, { readonly mine: string; readonly others: string }>> = {
  'alert-unacknowledged': {
    mine: 'Say whether the child is safe',
    others: 'Nobody has said whether the child is safe',
  },
  'alert-not-safe': { mine: 'The child is not safe yet', others: 'The child is not safe yet' },
  'alert-grip-due': { mine: 'Record management grip', others: 'Management grip is not recorded yet' },
  'alert-to-close': {
    mine: 'Check that the child is safe, then close the alert',
    others: 'The alert waits to be closed',
  },
  'concern-begun': {
    mine: 'Confirm your concern, or take it back',
    others: 'A concern was begun, and nobody has been told yet',
  },
  'message-undelivered': {
    mine: 'A message has reached nobody',
    others: 'A message has reached nobody',
  },
  'review-not-returned': { mine: 'Finish your review', others: 'Review not returned' },
  'moderation-to-do': { mine: 'Moderate this review', others: 'Review to be moderated' },
  'moderation-to-answer': { mine: 'Answer the moderator', others: 'Moderation to be answered' },
  'moderation-to-settle': { mine: 'Settle this moderation', others: 'Moderation to be settled' },
  action: { mine: 'Look at this action', others: 'Action open' },
  'change-to-decide': { mine: 'Decide about this review', others: 'Change to a review to be decided' },
  'brief-to-approve': { mine: 'Approve the learning brief', others: 'Learning brief to be approved' },
  'meeting-not-discussed': {
    mine: 'Record what the team meeting decided',
    others: 'Team meeting has not recorded what it decided',
  },
  'document-to-attach': {
    mine: 'Attach the document to the child’s record',
    others: 'Document to be attached to the child’s record',
  },
  'report-to-sign': { mine: 'Sign off the report', others: 'Report to be signed off' },
  vacancy: { mine: 'Fill this post', others: 'Vacant post' },
};

export function titleInWords({ item, isMine }: SeenItem, council: CouncilContext): string {
  if (item.kind === 'review-not-returned' && !isMine)
    return `${owedByInWords(item, council)} has not returned ${item.ref}`;
  if (item.lost !== undefined) return `A message has not reached ${recipientInWords(item.lost.to, council)}`;
  if (item.post !== undefined) return `Nobody is ${postWords[item.post]}`;
  return titles[item.kind][isMine ? 'mine' : 'others'];
}

const postWords: Readonly<Record<VacantPost, string>> = {
  ...rungWords,
  'team-manager': 'Team Manager',
  'link-reviewer': 'link reviewer',
};

function recipientInWords(to: Recipient, council: CouncilContext): string {
  if ('person' in to) return personName(to.person, council);
  return 'team' in to ? `the channel of ${teamName(to.team, council)}` : 'the Board’s channel';
}

/** What it is of, how late it is, and who has it. */
export function detailInWords(seen: SeenItem, council: CouncilContext): string {
  const { item, isMine } = seen;
  const isSaid = isMine ? item.who.length === 1 : item.kind === 'review-not-returned';
  return [
    `${whatInWords(seen, council)}.`,
    ...(item.lost === undefined ? [] : [`${capital(whyNotSent(item.lost.reason))}.`]),
    whenInWords(item, council),
    ...(item.kind === 'review-not-returned' && !isMine ? [remindedInWords(item, council)] : []),
    ...(isSaid || item.who.length === 0 ? [] : [`With ${namesOf(item, council)}.`]),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** The reference is named once: in the title of a review that somebody owes. */
function whatInWords({ item, isMine }: SeenItem, council: CouncilContext): string {
  const { kind, cycle, teamId, serviceId } = item;
  const ref = kind === 'review-not-returned' && !isMine ? '' : item.ref;
  const where = teamId === null ? serviceId && serviceName(serviceId, council) : teamName(teamId, council);
  return [ref ?? (cycle === null ? null : periodInWords(cycle)), where].filter((part) => part).join(', ');
}

function periodInWords(id: string): string {
  return parseCycleId(id) === undefined ? id : cycleInWords(id);
}

function owedByInWords({ owedBy, who }: Open, council: CouncilContext): string {
  const [by] = owedBy === undefined ? who : [owedBy];
  return by === undefined ? 'Nobody' : personName(by, council);
}

const shownNames = 2;

function namesOf({ who }: Open, council: CouncilContext): string {
  const names = who.slice(0, shownNames).map((id) => personName(id, council));
  const more = who.length - names.length;
  return `${names.join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function whenInWords(item: Open, council: CouncilContext): string {
  const { kind, since, due, overdue } = item;
  if (kind === 'alert-unacknowledged') return acknowledgedByInWords(since, due, overdue, council);
  if (due !== null) return dueInWords(dayOf(due, council), overdue, council);
  return since === null ? '' : `Since ${ageOf(dayOf(since, council), council)}.`;
}

function acknowledgedByInWords(
  since: Open['since'],
  due: Open['due'],
  overdue: boolean,
  { now, timeZone }: CouncilContext,
): string {
  const raised = since === null ? '' : `Raised ${ageInWords(since as Instant, now)} ago. `;
  if (due === null) return raised;
  return `${raised}${overdue ? 'The time to answer has passed.' : `To be answered by ${timeInWords(due as Instant, timeZone)}.`}`;
}

function dueInWords(due: LocalDate, overdue: boolean, { today }: CouncilContext): string {
  if (overdue && due < today)
    return `${countInWords(daysBetween(due, today), 'day')} late: due on ${dateInWords(due)}.`;
  if (overdue) return 'Late: it was due today.';
  if (due === today) return 'Due today.';
  return due === addDays(today, 1) ? 'Due tomorrow.' : `Due on ${dateInWords(due)}.`;
}

function ageOf(day: LocalDate, { today }: CouncilContext): string {
  const days = daysBetween(day, today);
  if (days <= 0) return 'today';
  return `${dateInWords(day)}, ${countInWords(days, 'day')} ago`;
}

function remindedInWords({ reminded }: Open, council: CouncilContext): string {
  return reminded === undefined
    ? 'Not reminded yet.'
    : `Last reminded on ${dateInWords(dayOf(reminded, council))}.`;
}

function dayOf(at: Instant | LocalDate, { timeZone }: CouncilContext): LocalDate {
  return at.includes('T') ? dateAt(at as Instant, timeZone) : (at as LocalDate);
}

function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const sortWords: Readonly<Record<OpenSort, readonly [one: string, many: string]>> = {
  alerts: ['alert open', 'alerts open'],
  messages: ['message that reached nobody', 'messages that reached nobody'],
  reviews: ['review not returned', 'reviews not returned'],
  moderations: ['moderation open', 'moderations open'],
  actions: ['action open', 'actions open'],
  changes: ['change to decide', 'changes to decide'],
  briefs: ['learning brief to approve or discuss', 'learning briefs to approve or discuss'],
  documents: ['document to attach', 'documents to attach'],
  reports: ['report to sign off', 'reports to sign off'],
  vacancies: ['vacant post', 'vacant posts'],
};

/** "24 reviews not returned, 5 late" */
export function severalInWords({ sort, items }: Several): string {
  const late = items.filter(({ item }) => item.overdue).length;
  return `${countInWords(items.length, ...sortWords[sort])}${late === 0 ? '' : `, ${late} late`}`;
}
