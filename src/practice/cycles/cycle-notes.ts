import { refuse, type Refusal } from '../errors.js';
import type { CardContent, Presenter } from '../feature.js';
import type { House } from '../house.js';
import type { PlrRef } from '../ids.js';
import type { Change, Message } from '../ports.js';
import type { Instant } from '../time.js';
import { qaLeads } from '../organisation/staff.js';
import { cycleKey, cycleKind, type Cycle } from './cycle-record.js';
import { cycleInWords } from './status-cards.js';

/**
 * What the QA leads are told of a cycle as a whole, kept with the cycle: who could not be given a case, who
 * could not be reached, what a new roster changed.
 */
export interface CycleNote {
  /** Names the fact, so that it is told once: `issued`, `not-delivered`, `roster-7`. */
  readonly key: string;
  readonly at: Instant;
  readonly title: string;
  readonly lines: readonly NoteLine[];
}

export interface NoteLine {
  /** Names this line's fact within the cycle. */
  readonly key: string;
  readonly sentence: string;
  /** The PLR to decide about, when there is one. */
  readonly decide?: PlrRef;
}

type IssuedOrClosed = Exclude<Cycle, { state: 'issuing' }>;

/** Adds a note, unless each of its lines was told before. */
export function addNote(
  cycle: Cycle,
  note: Omit<CycleNote, 'at'>,
  house: House,
): Change<Cycle> | Refusal<'told-already' | 'still-issuing'> {
  if (cycle.state === 'issuing') return refuse('still-issuing', 'The cycle is still being issued.');
  const { notes = [] } = cycle;
  const told = new Set(notes.flatMap(({ lines }) => lines.map(({ key }) => key)));
  const lines = note.lines.filter(({ key }) => !told.has(key));
  if (lines.length === 0 || notes.some(({ key }) => key === note.key))
    return refuse('told-already', 'The QA leads were told before.');
  const state: IssuedOrClosed = { ...cycle, notes: [...notes, { ...note, lines, at: house.now }] };
  return { state, did: `noted ${note.key}`, messages: noteMessages(cycle, note.key, house) };
}

export function noteMessages({ id }: Pick<Cycle, 'id'>, key: string, house: House): Message[] {
  return qaLeads(house).map((person) => ({
    key: `note.${id}.${key}.${person}`,
    to: { person },
    card: 'cycle-note',
    about: cycleKey(id),
    urgency: 'ordinary',
  }));
}

const shownAtMost = 12;
/** Teams shows six actions of a card; one is "How are we doing?". */
const decisionsAtMost = 5;

function noteCard(cycle: Cycle, note: CycleNote): CardContent {
  const more = note.lines.length - shownAtMost;
  return {
    template: 'cycle/note',
    summary: 'Something about this month’s reviews needs you',
    data: {
      cycle: cycle.id,
      title: note.title,
      intro: `${cycleInWords(cycle.id)}.`,
      lines: [
        ...note.lines.slice(0, shownAtMost).map(({ sentence }) => ({ sentence })),
        ...(more > 0 ? [{ sentence: `And ${more} more: "plr cycle status" lists them.` }] : []),
      ],
      decisions: note.lines
        .flatMap(({ decide }) => decide ?? [])
        .slice(0, decisionsAtMost)
        .map((ref) => ({ ref, label: `Decide about ${ref}` })),
    },
  };
}

export const cycleNote: Presenter<Cycle> = {
  kind: cycleKind,
  present: (cycle, { key }) => {
    const notes = cycle.state === 'issuing' ? [] : (cycle.notes ?? []);
    const note = notes.find((one) => key.startsWith(`note.${cycle.id}.${one.key}.`));
    return note === undefined ? { superseded: 'there is no such note' } : noteCard(cycle, note);
  },
};
