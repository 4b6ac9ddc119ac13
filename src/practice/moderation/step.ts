import type { Refusal } from '../base/errors.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { Moderation } from '../plr/moderation.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';

/** One press on a moderation: pure, and decided again when another save came first. */
export type ModerationStep = (plr: Plr, moderation: Moderation) => Change<Plr> | Refusal;

/** What follows from a step in the same transaction, though it is no part of moderation. */
export type AfterStep = (change: Change<Plr>, by: Person, council: CouncilContext) => Change<Plr>;
