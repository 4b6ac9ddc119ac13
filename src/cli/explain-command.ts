import { explainDraw, explainUnplaced } from '../practice/draw/explain-draw.js';
import type { NotAsked } from '../practice/plr/draw-plan.js';
import { parsePlrRef } from '../practice/plr/plr-ref.js';
import type { CycleId, PlrRef } from '../practice/base/ids.js';
import { explainModeration } from '../practice/moderation/explain-moderation.js';
import type { Plr } from '../practice/plr/plr.js';
import { plrByRef } from './plr-by-ref.js';
import { Refused, type CommandContext, type Result } from './run.js';

/** Why a manager has this case; or, asked by the manager's id, why they have none. */
export async function explain(
  context: CommandContext,
  asked: string,
  cycle: CycleId | undefined,
): Promise<Result> {
  const ref = parsePlrRef(asked);
  if (ref !== undefined) return explainPlr(context, ref);
  if (cycle !== undefined) return explainManager(context, asked, cycle);
  throw new Refused(
    `"${asked}" is not a PLR reference: it reads like PLR-7K3M2Q. To ask about a manager, add --cycle YYYY-MM.`,
  );
}

async function explainPlr(context: CommandContext, ref: PlrRef): Promise<Result> {
  const plr = await plrByRef(context, ref);
  const why = [...explainDraw(plr.draw), ...explainReplacement(plr), ...explainModeration(plr.moderation)];
  return { json: { ref, cycle: plr.cycleId, manager: plr.managerId, why }, lines: why };
}

function explainReplacement({ replaces, replacedBy }: Plr): string[] {
  return [
    ...(replaces === undefined ? [] : [`It was drawn in place of ${replaces}.`]),
    ...(replacedBy === undefined ? [] : [`${replacedBy} was drawn in its place.`]),
  ];
}

const notAskedWords: Readonly<Record<NotAsked, string>> = {
  'not-active': 'They were not active on the day of the draw.',
  'away-throughout': 'They were away on every working day of the cycle.',
  'has-one-already': 'They had a PLR of this cycle already.',
};

async function explainManager(context: CommandContext, managerId: string, cycle: CycleId): Promise<Result> {
  const plan = await context.foundation.services.plans.read(cycle);
  if (plan === undefined)
    throw new Refused(`The cycle ${cycle} has not been drawn: "plr cycle issue ${cycle}" draws a month.`);
  const drawn = plan.drawn.find((one) => one.managerId === managerId);
  if (drawn !== undefined) return explainPlr(context, drawn.ref);
  const unplaced = plan.unplaced.find((one) => one.managerId === managerId);
  const notAsked = plan.notAsked.find((one) => one.managerId === managerId);
  const why =
    unplaced !== undefined
      ? explainUnplaced(unplaced.why)
      : notAsked !== undefined
        ? [notAskedWords[notAsked.why]]
        : undefined;
  if (why === undefined)
    throw new Refused(
      `${managerId} was not in the draw of ${cycle}. A manager is named by the person_id of people.csv.`,
    );
  return { json: { ref: null, cycle, manager: managerId, why }, lines: why };
}
