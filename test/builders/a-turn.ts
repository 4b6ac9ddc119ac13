import type { Turn } from '../../src/practice/surface/feature.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import type { DocumentKey, DocumentKind } from '../../src/practice/plr/ports.js';
import { figuresOf } from '../../src/practice/process/figures-of.js';

export interface Held {
  readonly plrs?: readonly Plr[];
  /** What else is counted, by kind. */
  readonly figures?: Readonly<Record<string, readonly { readonly cycleId: string }[]>>;
}

/** The turn of somebody for whom these PLRs and figures are kept. Nothing that is created is kept. */
export function aTurn(actor: string, council: CouncilContext, { plrs = [], figures = {} }: Held): Turn {
  const counted: NonNullable<Held['figures']> = {
    plr: plrs.map((plr) => figuresOf(plr, council.timeZone)),
    ...figures,
  };
  const cycles = [...new Set(Object.values(counted).flatMap((of) => of.map(({ cycleId }) => cycleId)))];
  return {
    actor: council.organisation.people.get(actor as PersonId),
    council,
    partitions: { active: () => Promise.resolve(cycles), all: () => Promise.resolve(cycles) },
    documents: {
      listFigures: ({ kind }: DocumentKind<unknown>, partition: string) =>
        Promise.resolve((counted[kind] ?? []).filter(({ cycleId }) => cycleId === partition)),
      read: (_kind: unknown, { kind, partition, id }: DocumentKey) =>
        Promise.resolve(
          plrs
            .map((plr) => ({ plr, key: plrKey(plr.cycleId, plr.ref) }))
            .find(({ key }) => key.kind === kind && key.partition === partition && key.id === id)?.plr,
        ),
      create: () => Promise.resolve(true),
    },
  } as unknown as Turn;
}
