import { whoVerifies } from '../../../../../src/practice/actions/owners.js';
import { holderOf } from '../../../../../src/practice/alerts/people-of-alert.js';
import { messagesUnderWay, undelivered } from '../../../../../src/practice/alerts/unheard.js';
import { addDays, addHours, dateAt, type Instant } from '../../../../../src/practice/base/time.js';
import type { PersonId } from '../../../../../src/practice/base/ids.js';
import type { CouncilContext } from '../../../../../src/practice/council/council-context.js';
import { isAwayUntil, isHere, qaLeads } from '../../../../../src/practice/council/staff.js';
import type { Brief } from '../../../../../src/practice/learning/brief.js';
import { entries, lastStated, type Alert } from '../../../../../src/practice/plr/alert.js';
import { isOpen, type Plr } from '../../../../../src/practice/plr/plr.js';
import type { OpenItem } from '../../../../../src/practice/process/open/open-item.js';

/** Of an item, what a reader relies on. */
export function inOneLine(item: OpenItem): string {
  const { kind, ref, cycle, serviceId, teamId, since, due, overdue, who } = item;
  return [kind, ref, cycle, serviceId, teamId, since, due, overdue, [...who].sort().join('+')].join(' ');
}

type Counted = Pick<OpenItem, 'kind' | 'since' | 'who'> & Partial<OpenItem>;

/** All that is open, slowly, from whole documents: state by state, as the framework says it. */
export function recount(plrs: readonly Plr[], briefs: readonly Brief[], council: CouncilContext): string[] {
  return [
    ...plrs.flatMap((plr) => ofPlr(plr, council)),
    ...briefs.flatMap((brief) => ofBrief(brief, council)),
  ]
    .map(inOneLine)
    .sort();
}

function ofPlr(plr: Plr, council: CouncilContext): OpenItem[] {
  const { ref, cycleId, teamId, serviceId } = plr;
  const now = council.organisation.cases.get(plr.caseRef);
  const childsTeam = now?.teamId ?? teamId;
  const full = (one: Counted): OpenItem => ({
    ...{ ref, cycle: cycleId, serviceId, teamId, due: null, overdue: false },
    ...one,
  });
  const here = {
    teamId: childsTeam,
    serviceId: council.organisation.teams.get(childsTeam)?.serviceId ?? serviceId,
  };
  return [
    ...alertOf(plr, council).map((one) => full({ ...here, ...one })),
    ...underWayOf(plr, council).map((one) => full({ ...here, ...one })),
    ...reviewOf(plr, council).map(full),
    ...moderationOf(plr, council).map(full),
    ...actionsOf(plr, council).map(full),
    ...recordOf(plr, council).map(full),
  ];
}

function alertOf(plr: Plr, council: CouncilContext): Counted[] {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return [];
  const rungs = alert.timeline
    .slice(alert.roundFrom)
    .flatMap((one) => (one.is === 'climbed' ? [one.rung] : []));
  const asked = (['team-manager', ...rungs] as const)
    .map((as) => holderOf(as, plr, council))
    .filter((id): id is PersonId => id !== undefined && isHere(id, council));
  const who = asked.length > 0 ? [...new Set(asked)] : qaLeads(council);
  const { raisedAt } = alert;
  if (alert.state === 'raised') {
    const due = addHours(raisedAt, alert.ladder.breachAfterHours);
    return [{ kind: 'alert-unacknowledged', since: raisedAt, due, overdue: council.now > due, who }];
  }
  if (lastStated(alert).safety === 'not-yet') return [{ kind: 'alert-not-safe', since: raisedAt, who }];
  if (alert.state === 'gripped')
    return [{ kind: 'alert-to-close', since: lastOf(alert, 'grip-recorded'), who: qaLeads(council) }];
  return [{ kind: 'alert-grip-due', since: lastOf(alert, 'acknowledged', 'sent-back', 'reopened'), who }];
}

function underWayOf(plr: Plr, council: CouncilContext): Counted[] {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return [];
  return undelivered(messagesUnderWay(alert), plr, council).map(({ at: since }) => ({
    ...{ kind: 'message-undelivered', since },
    who: qaLeads(council),
  }));
}

function lastOf(alert: Alert, ...kinds: Parameters<typeof entries>[1][]) {
  return entries(alert, ...kinds).at(-1)?.at ?? alert.raisedAt;
}

function reviewOf(plr: Plr, council: CouncilContext): Counted[] {
  const leads = qaLeads(council);
  const { review } = plr;
  const draft = review.state === 'draft' ? review : 'draft' in review ? review.draft : undefined;
  const by = plr.qaCompletes?.decidedBy ?? plr.managerId;
  const concern = draft?.unconfirmed;
  const begun = concern && [concern.by, ...(isOpen(plr) ? [by] : [])].find((id) => isHere(id, council));
  const found: Counted[] =
    concern === undefined
      ? []
      : [
          {
            ...{ kind: 'concern-begun', since: concern.since, due: halfAnHourAfter(concern.since) },
            overdue: council.now > halfAnHourAfter(concern.since),
            who: begun === undefined ? leads : [begun],
          },
        ];
  if (!isOpen(plr)) return found;
  const { issuedAt: since, dueOn: due, managerServiceId = null, managerTeamId = null } = plr;
  found.push({
    ...{ kind: 'review-not-returned', since, due, overdue: council.today > due },
    ...{ serviceId: managerServiceId, teamId: managerTeamId },
    who: isHere(by, council) ? [by] : leads,
  });
  if (plr.change?.state === 'asked')
    found.push({ kind: 'change-to-decide', since: plr.change.askedAt, who: leads });
  else if (!isHere(by, council)) {
    const until = council.organisation.people.get(by)?.activeUntil;
    found.push({ kind: 'change-to-decide', since: until ? addDays(until, 1) : since, who: leads });
  }
  return found;
}

function moderationOf({ moderation }: Plr, council: CouncilContext): Counted[] {
  if (moderation === undefined || moderation.state === 'agreed' || moderation.state === 'settled') return [];
  const { dueOn: due, drawnAt } = moderation;
  const late = { due, overdue: council.today > due };
  const leads = qaLeads(council);
  if (moderation.state === 'awaiting-moderator')
    return [{ ...late, kind: 'moderation-to-do', since: drawnAt, who: leads }];
  const { moderatorId } = moderation;
  if (moderation.state === 'drawn')
    return [
      {
        ...late,
        kind: 'moderation-to-do',
        since: drawnAt,
        who: isHere(moderatorId, council) ? [moderatorId] : leads,
      },
    ];
  const by = moderation.original.by;
  const free = leads.filter((id) => id !== by && id !== moderatorId);
  const settlers = free.length > 0 ? free : leads;
  if (moderation.state === 'disputed')
    return [{ ...late, kind: 'moderation-to-settle', since: moderation.disputed.at, who: settlers }];
  if (late.overdue) return [{ ...late, kind: 'moderation-to-settle', since: due, who: settlers }];
  const who = isAwayUntil(by, due, council) ? settlers : [by];
  return [{ ...late, kind: 'moderation-to-answer', since: moderation.moderated.at, who }];
}

function actionsOf(plr: Plr, council: CouncilContext): Counted[] {
  const { teams, services } = council.organisation;
  return plr.actions.flatMap((action): Counted[] => {
    if (action.state === 'verified' || action.state === 'cannot-be-done') return [];
    const { id: ref, teamId, dueOn: due } = action;
    const serviceId = teams.get(teamId)?.serviceId ?? plr.serviceId;
    const is = { kind: 'action', ref, teamId, serviceId, due } as const;
    if (action.state === 'done') {
      const verifiers = whoVerifies(action, action.doneBy, plr, council);
      return [{ ...is, since: action.doneAt, who: verifiers.length > 0 ? verifiers : qaLeads(council) }];
    }
    const line = [
      action.ownerId,
      teams.get(teamId)?.teamManagerId,
      services.get(serviceId)?.serviceManagerId,
    ];
    const owner = line.find((one) => one !== undefined && isHere(one, council));
    const who = owner === undefined ? qaLeads(council) : [owner];
    return [{ ...is, since: action.createdAt, overdue: council.today > due, who }];
  });
}

function recordOf({ record }: Plr, { organisation, today }: CouncilContext): Counted[] {
  if (record?.state !== 'waiting') return [];
  const support = organisation.withRole('business-support', today);
  const who = support.length > 0 ? support : organisation.withRole('qa-lead', today);
  return [{ kind: 'document-to-attach', since: record.readyAt, who: who.map(({ id }) => id) }];
}

function ofBrief(brief: Brief, council: CouncilContext): OpenItem[] {
  const { cycleId: cycle, serviceId, posting } = brief;
  const { teams, services } = council.organisation;
  const is = { ref: null, cycle, serviceId, teamId: null, due: null, overdue: false };
  const reviewer = services.get(serviceId)?.linkReviewerId;
  const found: OpenItem[] = [];
  if (brief.state === 'drafted') {
    const who = reviewer !== undefined && isHere(reviewer, council) ? [reviewer] : qaLeads(council);
    found.push({ ...is, kind: 'brief-to-approve', since: brief.draftedAt, who });
  }
  if (brief.state === 'held-back') return found;
  for (const post of posting?.posts ?? []) {
    if (post.state === 'discussed' || post.meetingAt === undefined) continue;
    const on = dateAt(post.meetingAt, council.timeZone);
    const team = teams.get(post.teamId);
    if (on >= council.today || team === undefined) continue;
    const who = [team.teamManagerId, services.get(team.serviceId)?.serviceManagerId].find(
      (id) => id !== undefined && isHere(id, council),
    );
    found.push({
      ...{ ...is, kind: 'meeting-not-discussed', teamId: team.id, since: on, due: on, overdue: true },
      who: who === undefined ? qaLeads(council) : [who],
    });
  }
  return found;
}

/** It goes out by itself then (docs/domain.md, 4.3). */
function halfAnHourAfter(since: Instant): Instant {
  return addHours(since, 0.5);
}
