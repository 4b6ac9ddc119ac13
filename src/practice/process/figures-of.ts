import { alertFigures } from '../alerts/figures.js';
import { figuresOfModeration } from '../plr/figures-of-moderation.js';
import { isOpen, type Plr } from '../plr/plr.js';
import { recordFigures } from '../plr/record.js';
import { dateAt } from '../base/time.js';
import type { PlrFigures, ComplianceStatus } from '../plr/figures.js';

/** The anonymous figures of a PLR as it stands: numbers and names of states, without anything that anyone wrote. */
export function figuresOf(plr: Plr, timeZone: string): PlrFigures {
  const { ref, cycleId, kind, serviceId, teamId, managerId, practitionerId, cohort, dueOn, review, actions } =
    plr;
  const { managerTeamId, managerServiceId } = plr;
  const answers = review.state === 'returned' ? review.answers : undefined;
  const findings = review.state === 'returned' ? review.findings : [];
  return {
    ref,
    cycleId,
    kind,
    serviceId,
    teamId,
    ...(managerTeamId === undefined ? {} : { managerTeamId }),
    ...(managerServiceId === undefined ? {} : { managerServiceId }),
    managerId,
    practitionerId,
    cohort,
    dueOn,
    source: 'bot',
    sentOn: dateAt(plr.issuedAt, timeZone),
    standing: standingOf(plr, timeZone),
    ...inOtherHands(plr, timeZone),
    ...(plr.alert === undefined ? {} : { alert: alertFigures(plr.alert) }),
    actions: actions.map(({ id, state, dueOn, ownerId, teamId, keepsChildSafe, origin }) => ({
      id,
      state,
      dueOn,
      ownerId,
      teamId,
      keepsChildSafe,
      origin,
    })),
    ...figuresOfModeration(answers?.overall?.grade, plr.moderation, timeZone),
    ...(plr.record === undefined ? {} : { record: recordFigures(plr.record, timeZone) }),
    findings: findings.map(({ standard, kind }) => ({ standard, kind })),
  };
}

function inOtherHands(plr: Plr, timeZone: string): Pick<PlrFigures, 'asks' | 'completer'> {
  const { change, qaCompletes } = plr;
  return {
    ...(change?.state === 'asked' && isOpen(plr)
      ? { asks: { wish: change.wish, on: dateAt(change.askedAt, timeZone) } }
      : {}),
    ...(qaCompletes === undefined ? {} : { completer: qaCompletes.decidedBy }),
  };
}

function standingOf({ review, dueOn }: Plr, timeZone: string): ComplianceStatus {
  switch (review.state) {
    case 'assigned':
    case 'draft':
      return { is: review.state };
    case 'returned': {
      const on = dateAt(review.returnedAt, timeZone);
      return { is: 'returned', on, completedBy: review.completedBy, late: on > dueOn };
    }
    case 'exempt':
      return {
        is: 'exempt',
        why: review.why === 'leave' || review.why === 'conflict-of-interest' ? review.why : 'other',
      };
    case 'redrawn':
    case 'withdrawn':
    case 'not-returned':
      return { is: review.state };
  }
}
