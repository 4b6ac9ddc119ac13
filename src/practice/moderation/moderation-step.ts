import type { Refusal } from '../base/errors.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { Moderation } from '../plr/moderation.js';

/** One press on a moderation: pure, and decided again when another save came first. */
export type Step = (plr: Plr, moderation: Moderation) => Change<Plr> | Refusal;
