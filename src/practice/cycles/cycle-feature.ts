import type { Feature, Job } from '../feature.js';
import { plrKind } from '../plr-kind.js';
import { monthOf } from '../time.js';
import { isIssueDue, monthlyCycleId } from './cycle.js';
import { cycleKey, cycleKind } from './cycle-record.js';
import { howAreWeDoing, showStatus, showTeams } from './how-are-we-doing.js';
import { issueCycle } from './issue-cycle.js';

/** 4.1: each month's cycle is issued on its first working day, by whichever replica notices first. */
const issueOnTheFirstWorkingDay: Job = {
  name: 'issue the cycle of this month',
  run: async ({ house, ...services }) => {
    const month = monthOf(house.today);
    if (!isIssueDue(house.today, month, house.holidays)) return;
    const cycle = await services.documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
    if (cycle !== undefined && cycle.state !== 'issuing') return;
    await issueCycle(month, services, house);
  },
};

export const cycleFeature: Feature = {
  verbs: { 'cycle.status': showStatus, 'cycle.teams': showTeams },
  commands: [howAreWeDoing],
  kinds: [cycleKind, plrKind],
  jobs: [issueOnTheFirstWorkingDay],
};
