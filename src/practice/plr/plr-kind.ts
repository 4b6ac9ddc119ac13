import type { CouncilContext } from '../council/council-context.js';
import type { Instant } from '../base/time.js';
import type { CardName } from './message-reasons.js';
import type { Plr } from './plr.js';
import { alertStepInKey } from './reasons-in-keys.js';
import type { Change, DocumentKind, Ended } from './ports.js';

/** A PLR's name, for whoever reads or changes one. What is due of it, features register (`process/plr-behaviour.ts`). */
export const plrKind: DocumentKind<Plr, 'plr'> = {
  kind: 'plr',
  schemaVersion: 2,
  behaves: 'as registered',
  upgrade: (old) => withSteps(old as Plr),
};

/** Version 1 did not say in an alert’s timeline why something was sent. */
function withSteps(plr: Plr): Plr {
  const { alert } = plr;
  if (alert === undefined) return plr;
  const timeline = alert.timeline.map((entry) =>
    entry.is === 'sent' ? { ...entry, step: alertStepInKey(entry.key) } : entry,
  );
  return { ...plr, alert: { ...alert, timeline } };
}

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
  readonly endsOf?: readonly CardName[];
}
