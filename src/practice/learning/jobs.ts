import type { Job, Tick } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { CycleId, ServiceId, TeamId } from '../base/ids.js';
import type { Change } from '../plr/ports.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import { plrKind } from '../plr/plr-kind.js';
import type { PlrFigures } from '../plr/figures.js';
import { addWorkingDays, instantAt, monthOf, shiftMonth, type Month } from '../base/time.js';
import { briefKey, type Brief, type Commitment, type DraftedBrief } from './brief.js';
import { draftBrief, type BriefSources } from './draft.js';
import { briefKind } from './brief-kind.js';
import { briefMessage, toLinkReviewer } from './part.js';
import { otherLearningKind } from './other-learning.js';

/** Working days after which the link reviewer is reminded of a draft. */
const workingDaysToRemind = 3;

/**
 * When a month's cycle is counted, each service gets a draft (docs/domain.md, 5). It looks back two months, so
 * that it catches up after the bot was away, and its cost does not grow with the number of past cycles.
 */
export const draftBriefs: Job = {
  name: 'draft the briefs of counted cycles',
  run: async (tick) => {
    for (const back of [-2, -1, 0]) await draftBriefsOf(shiftMonth(monthOf(tick.council.today), back), tick);
  },
};

async function draftBriefsOf(month: Month, tick: Tick): Promise<void> {
  const { documents, council } = tick;
  const cycleId = monthlyCycleId(month);
  const cycle = await documents.read(cycleKind, cycleKey(cycleId));
  if (!isCounted(cycle)) return;
  const drafted = await documents.listFigures<{ serviceId: ServiceId }>(briefKind, cycleId);
  const missing = council.organisation.roster.services.filter(
    ({ id }) => !drafted.some(({ serviceId }) => serviceId === id),
  );
  if (missing.length === 0) return;
  const before = monthlyCycleId(shiftMonth(month, -1));
  const [figures, previous, otherLearning, lastTime] = await Promise.all([
    documents.listFigures<PlrFigures>(plrKind, cycleId),
    documents.listFigures<PlrFigures>(plrKind, before),
    documents.list(otherLearningKind, cycleId),
    commitmentsBefore(month, tick),
  ]);
  const entries = missing.map(({ id }) => {
    const sources = { month, serviceId: id, figures, previous, otherLearning };
    return { key: briefKey(cycleId, id), change: newDraft(cycleId, sources, lastTime, council) };
  });
  await documents.createAll(briefKind, entries, 'system');
}

function newDraft(
  cycleId: CycleId,
  sources: BriefSources,
  lastTime: readonly Commitment[],
  council: CouncilContext,
): Change<Brief> {
  const { serviceId, month } = sources;
  const teams = council.organisation.roster.teams.filter((team) => team.serviceId === serviceId);
  const remindOn = addWorkingDays(council.today, workingDaysToRemind, council.holidays);
  const state: DraftedBrief = {
    state: 'drafted',
    cycleId,
    month,
    serviceId,
    ...draftBrief(sources, council),
    draftedAt: council.now,
    saves: 0,
    excused: [],
    lastTime: lastTime.filter(({ teamId }) => teams.some(({ id }) => id === teamId)),
    remindAt: instantAt(remindOn, '09:00', council.timeZone),
  };
  const messages = toLinkReviewer(state, 'draft', 'brief-draft', council);
  return {
    state,
    did: 'drafted the brief',
    messages: messages.map((m) => ({ ...m, key: briefMessage.draft(state) })),
  };
}

/**
 * What each team last said it would change, in the two months before. What has come back once does not come
 * back again.
 */
async function commitmentsBefore(month: Month, { documents }: Tick): Promise<Commitment[]> {
  const [older = [], newer = []] = await Promise.all(
    [-2, -1].map((back) => documents.list(briefKind, monthlyCycleId(shiftMonth(month, back)))),
  );
  const latest = new Map<TeamId, Commitment>();
  for (const one of [...older, ...newer].flatMap(commitmentsOf)) latest.set(one.teamId, one);
  const cameBack = newer.flatMap(({ lastTime }) => lastTime);
  return [...latest.values()].filter(
    (one) =>
      !cameBack.some(({ teamId, discussedOn }) => teamId === one.teamId && discussedOn === one.discussedOn),
  );
}

function commitmentsOf({ posting }: Brief): Commitment[] {
  return (posting?.posts ?? []).flatMap((post) => {
    if (post.state !== 'discussed') return [];
    const { discussedOn, willChange, howKnow, byWhen } = post.record;
    return [{ teamId: post.teamId, discussedOn, willChange, howKnow, byWhen }];
  });
}
