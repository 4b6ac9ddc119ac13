import { Fault } from '../base/errors.js';
import { plrKind, plrPartOwners, type PlrPart } from '../plr/plr-kind.js';
import type { Plr } from '../plr/plr.js';
import type { DocumentKind } from '../plr/ports.js';
import { figuresOf } from './figures-of.js';
import { openOfPlr } from './open/open-of-plr.js';

/**
 * A PLR with all that the features add to it.
 * @throws Fault `two-owners` when two features call the same part their own.
 */
export function plrBehaviour(registered: readonly PlrPart[]): DocumentKind<Plr, 'plr'> {
  const parts = inOrder(registered);
  return {
    ...plrKind,
    figures: figuresOf,
    open: openOfPlr,
    dueAt: (plr) => earliest(parts.map((part) => part.dueAt?.(plr))),
    whenDue: (plr, now, council) =>
      firstOf(parts, (part) => {
        const at = part.dueAt?.(plr);
        return at !== undefined && at <= now ? part.whenDue?.(plr, now, council) : undefined;
      }),
    whenEnded: (plr, ended, council) =>
      firstOf(parts, (part) =>
        part.endsOf?.includes(ended.message.card) === true
          ? part.whenEnded?.(plr, ended, council)
          : undefined,
      ),
    endsOf: parts.flatMap(({ endsOf = [] }) => endsOf),
  };
}

function inOrder(registered: readonly PlrPart[]): PlrPart[] {
  return plrPartOwners.flatMap((owner) => {
    const [part, second] = registered.filter((one) => one.of === owner);
    if (second !== undefined) throw new Fault('two-owners', 'Two features own one part of a PLR', { owner });
    return part ?? [];
  });
}

function firstOf<Found>(
  from: readonly PlrPart[],
  find: (part: PlrPart) => Found | undefined,
): Found | undefined {
  for (const part of from) {
    const found = find(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function earliest<Time extends string>(times: readonly (Time | undefined)[]): Time | undefined {
  return times.filter((at) => at !== undefined).sort()[0];
}
