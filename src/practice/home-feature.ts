import type { Feature } from './feature.js';

/** What belongs to no feature of its own. Help answers `help` and whatever no command knows (`help.ts`). */
export const homeFeature: Feature = {};
