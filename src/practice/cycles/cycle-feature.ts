import type { Feature, Job } from '../feature.js';
import { plrKind } from '../plr-kind.js';
import { monthOf } from '../time.js';
import { isIssueDue, monthlyCycleId, parseCycleId } from './cycle.js';
import { cycleKey, cycleKind } from './cycle-record.js';
import { finishLaterDraws } from './draw-later.js';
import { laterDrawsKind } from './later-draws.js';
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

/** A draw that a crash left half done is finished. */
const handOutWhatWasDrawnLater: Job = {
  name: 'hand out what was drawn later',
  run: async ({ house, ...services }) => {
    for (const partition of await services.partitions.active()) {
      const name = parseCycleId(partition);
      if (name !== undefined) await finishLaterDraws(name.id, services, house);
    }
  },
};

export const cycleFeature: Feature = {
  verbs: { 'cycle.status': showStatus, 'cycle.teams': showTeams },
  commands: [howAreWeDoing],
  kinds: [cycleKind, plrKind, laterDrawsKind],
  jobs: [issueOnTheFirstWorkingDay, handOutWhatWasDrawnLater],
};
