/** Writes one event with ids and outcomes: never people's words, never a card. */
export type Log = (event: string, ids: Record<string, string | number>) => void;
