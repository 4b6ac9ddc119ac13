import type { PlrRef } from '../practice/base/ids.js';
import { plrKey, type Plr } from '../practice/plr/plr.js';
import { plrKind } from '../practice/plr/plr-kind.js';
import { Refused, type CommandContext } from './run.js';

/** @throws Refused when there is no such PLR. */
export async function plrByRef({ foundation }: CommandContext, ref: PlrRef): Promise<Plr> {
  const { references, documents } = foundation.services;
  const cycleId = await references.cycleOf(ref);
  const plr = cycleId === undefined ? undefined : await documents.read(plrKind, plrKey(cycleId, ref));
  if (plr === undefined) throw new Refused(`There is no PLR ${ref}: read the reference on its card again.`);
  return plr;
}
