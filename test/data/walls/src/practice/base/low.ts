import type { High } from '../reporting/high.js';

/** A lower floor that knows a higher one, by a type alone. */
export type Low = High;
