import type { Other } from './other.js';

export interface One {
  readonly other: Other;
}
