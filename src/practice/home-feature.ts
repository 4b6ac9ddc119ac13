import type { Feature } from './feature.js';

/** What belongs to no feature of its own. Help itself answers whatever no command knows (`help.ts`). */
export const homeFeature: Feature = {};
