import { nowhere } from '../loft/nowhere.js';

export const upstairs = nowhere;
