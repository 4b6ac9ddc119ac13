/** On no floor. */
export const nowhere = true;
