import { isRefusal } from '../../src/practice/base/errors.js';
import { actionsAtReturn } from '../../src/practice/actions/decide-at-return.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { StandardId } from '../../src/practice/base/ids.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { PlannedAction } from '../../src/practice/plr/answers.js';
import { localDate } from '../../src/practice/base/time.js';
import type { BotInTeams } from './bot-in-teams.js';

/** Due on Friday 29 April 2022 unless said otherwise. */
export function planned(over: Partial<PlannedAction> = {}): PlannedAction {
  return {
    what: 'Visit the child at home and see the bedroom',
    owner: 'practitioner',
    dueOn: localDate('2022-04-29'),
    keepsChildSafe: false,
    ...over,
  };
}

const reviewerOf: Readonly<Record<string, string>> = { ash: 'birch', birch: 'cedar', cedar: 'damson' };

/**
 * Returns a PLR of this team with these actions, in one save, as the review's last step does. The draw's
 * seed is not ours, so the PLR is placed at the first case of the team's first worker.
 */
export async function returnWithActions(
  bot: BotInTeams,
  team: string,
  actions: readonly PlannedAction[],
): Promise<Plr> {
  const { services, council } = bot.app.foundation;
  const found = (await services.documents.list(plrKind, '2022-04')).find(
    ({ managerId }) => managerId === `${reviewerOf[team]}-manager`,
  );
  if (found === undefined) throw new Error(`No PLR of ${team} was drawn.`);
  const saved = await services.documents.change(
    plrKind,
    plrKey(found.cycleId, found.ref),
    found.managerId,
    (plr) => {
      const with_ = actionsAtReturn(returned(at(plr, team, council()!), actions), council()!);
      return { state: with_.plr, did: 'returned the review', messages: with_.messages };
    },
  );
  if (isRefusal(saved)) throw new Error(saved.say);
  await bot.settle();
  return saved.after;
}

function at(plr: Plr, team: string, { organisation }: CouncilContext): Plr {
  const one = organisation.roster.cases.find(({ teamId }) => teamId === team)!;
  const { serviceId } = organisation.teams.get(one.teamId)!;
  return {
    ...plr,
    caseRef: one.ref,
    practitionerId: one.allocatedWorkerId,
    teamId: one.teamId,
    serviceId,
    cohort: one.cohort,
  };
}

export function returned(plr: Plr, actions: readonly PlannedAction[]): Plr {
  return {
    ...plr,
    review: {
      state: 'returned',
      formVersion: '2022-05',
      answers: { sections: {}, actions, overall: { grade: 'good', reason: 'Steady work' } },
      startedAt: plr.issuedAt,
      returnedAt: plr.issuedAt,
      returnedBy: plr.managerId,
      completedBy: 'service',
      findings: [
        { standard: 'voice' as StandardId, kind: 'strength', section: 'voice', text: 'The child is heard' },
      ],
    },
  };
}

export async function plrNow(bot: BotInTeams, { cycleId, ref }: Plr): Promise<Plr> {
  const plr = await bot.app.foundation.services.documents.read(plrKind, plrKey(cycleId, ref));
  if (plr === undefined) throw new Error(`${ref} is gone.`);
  return plr;
}
