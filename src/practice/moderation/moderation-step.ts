import type { Refusal } from '../errors.js';
import type { Plr } from '../plr.js';
import type { Change } from '../ports.js';
import type { Moderation } from './moderation.js';

/** One press on a moderation: pure, and decided again when another save came first. */
export type Step = (plr: Plr, moderation: Moderation) => Change<Plr> | Refusal;
