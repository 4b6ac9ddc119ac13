import { isRefusal, refuse } from '../base/errors.js';
import type { Feature, Job } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Services } from '../plr/ports.js';
import { monthOf } from '../base/time.js';
import { isIssueDue, monthlyCycleId, parseCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import { addNote, cycleNote, turnNote } from './messages.js';
import { notDeliveredNote } from './issue-notes.js';
import { finishLaterDraws } from './jobs-later-draws.js';
import { laterDrawsKind } from './decide-later-draws.js';
import { askToClose, askToReopen, close, reopen } from './handlers-closing.js';
import { howAreWeDoing, showStatus, showTeams } from './handlers.js';
import { followClosing } from './jobs-closing.js';
import { issueCycle } from './jobs-issue.js';

/** Each month's cycle is issued on its first working day, by whichever replica notices first (docs/domain.md, 4.1). */
const issueOnTheFirstWorkingDay: Job = {
  name: 'issue the cycle of this month',
  run: async ({ council, ...services }) => {
    const month = monthOf(council.today);
    if (!isIssueDue(council.today, month, council.holidays)) return;
    const cycle = await services.documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
    if (cycle !== undefined && cycle.state !== 'issuing') return;
    await issueCycle(month, services, council);
  },
};

/** A draw that a crash left half done is finished. */
const handOutWhatWasDrawnLater: Job = {
  name: 'hand out what was drawn later',
  run: async ({ council, ...services }) => {
    for (const partition of await services.partitions.active()) {
      const name = parseCycleId(partition);
      if (name !== undefined) await finishLaterDraws(name.id, services, council);
    }
  },
};

/** What becomes of a cycle by itself, by one read of it. */
const followCycles: Job = {
  name: 'look through the deliveries of new cycles, and close those whose time has come',
  run: async ({ council, ...services }) => {
    for (const partition of await services.partitions.active()) {
      const name = parseCycleId(partition);
      const cycle = name && (await services.documents.read(cycleKind, cycleKey(name.id)));
      if (cycle === undefined) continue;
      await checkDeliveriesOf(cycle, services, council);
      await followClosing(cycle, services, council);
    }
  },
};

/** The QA leads are told once, one working day after issue, to whom their PLR could not be brought. */
async function checkDeliveriesOf(
  cycle: Cycle,
  { documents, ledger }: Services,
  council: CouncilContext,
): Promise<void> {
  const { id } = cycle;
  if (cycle.state === 'issuing' || cycle.deliveriesCheckedAt !== undefined) return;
  if (cycle.checkDeliveriesAt === undefined || council.now < cycle.checkDeliveriesAt) return;
  const note = notDeliveredNote(await ledger.lines(id, 'assigned.'), council);
  await documents.change(cycleKind, cycleKey(id), 'system', (now) => {
    if (now.state === 'issuing' || now.deliveriesCheckedAt !== undefined)
      return refuse('checked-already', 'Another process looked.');
    const state = { ...now, deliveriesCheckedAt: council.now };
    const noted = addNote(state, note, council);
    return isRefusal(noted) ? { state, did: 'found all delivered', messages: [] } : noted;
  });
}

export const cycleFeature: Feature = {
  presenters: { 'cycle-note': cycleNote },
  verbs: {
    'cycle.note': turnNote,
    'cycle.status': showStatus,
    'cycle.teams': showTeams,
    'cycle.ask-to-close': askToClose,
    'cycle.close': close,
    'cycle.ask-to-reopen': askToReopen,
    'cycle.reopen': reopen,
  },
  lists: ['how are we doing', 'cycle.status', 'cycle.teams'],
  commands: [howAreWeDoing],
  kinds: [cycleKind, laterDrawsKind],
  jobs: [issueOnTheFirstWorkingDay, handOutWhatWasDrawnLater, followCycles],
};
