import type { One } from './one.js';

/** A circle of types. */
export interface Other {
  readonly one: One;
}
