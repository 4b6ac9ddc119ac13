import { row } from '../storage/row.js';

/** A room that reaches into another. */
export const door = row;
