import type { PlrRef } from '../base/ids.js';
import type { Services } from '../plr/ports.js';
import type { Cycle } from '../plr/cycle-record.js';
import type { CaseDraw } from '../plr/draw-plan.js';
import { laterRefSeed, type Wanted } from './decide-later-draws.js';
import { plrRefs } from '../plr/plr-ref.js';

/** Reserved before they are used; after a collision the manager's next candidate is taken. */
export async function reserveRefs(
  { id, seed }: Cycle,
  { drawn }: CaseDraw,
  { references }: Services,
): Promise<PlrRef[]> {
  const candidates = drawn.map(({ managerId }) => plrRefs(seed, managerId));
  const refs = candidates.map((candidate) => candidate.next().value);
  for (let open = refs.map((_, index) => index); open.length > 0;) {
    const wanted = new Map<PlrRef, string>();
    const clashing = open.filter((index) => {
      const ref = refs[index] as PlrRef;
      if (wanted.has(ref)) return true;
      wanted.set(ref, drawn[index]?.managerId ?? '');
      return false;
    });
    const taken = new Set(await references.reserve(id, wanted));
    open = open.filter((index) => taken.has(refs[index] as PlrRef) || clashing.includes(index));
    for (const index of open) refs[index] = candidates[index]?.next().value as PlrRef;
  }
  return refs;
}

/** The same for one PLR that is drawn later. */
export async function reserveRef(cycle: Cycle, wanted: Wanted, { references }: Services): Promise<PlrRef> {
  const seed = laterRefSeed(cycle.seed, wanted);
  for (const ref of plrRefs(seed, wanted.managerId)) {
    const taken = await references.reserve(
      cycle.id,
      new Map([[ref, `${wanted.managerId}/${wanted.replaces ?? 'joined'}`]]),
    );
    if (taken.length === 0) return ref;
  }
  throw new RangeError('The references never end.');
}
