import type { CouncilContext } from '../council/council-context.js';
import type { Instant } from '../base/time.js';
import type { Plr } from './plr.js';
import type { Change, DocumentKind, Ended } from './ports.js';

/** A PLR's name, for whoever reads or changes one. What is due of it, features register (`process/plr-behaviour.ts`). */
export const plrKind: DocumentKind<Plr, 'plr'> = { kind: 'plr', schemaVersion: 1, behaves: 'as registered' };

/** Whose part it is, in order of importance: what is due of the first is done first. */
export const plrPartOwners = [
  'alert',
  'concern',
  'actions',
  'moderation',
  'sharing',
  'reminders',
  'record',
] as const;

/** What one feature adds to a PLR over time: pure, and by the PLR and the time alone. */
export interface PlrPart {
  readonly of: (typeof plrPartOwners)[number];
  dueAt?(plr: Plr): Instant | undefined;
  whenDue?(plr: Plr, now: Instant, council: CouncilContext): Change<Plr> | undefined;
  whenEnded?(plr: Plr, ended: Ended, council: CouncilContext): Change<Plr> | undefined;
  /** The cards whose end `whenEnded` is told of. */
  readonly endsOf?: readonly string[];
}
