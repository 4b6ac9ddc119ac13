import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Presenter } from '../surface/feature.js';
import { readPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Change, Message, MessageOf } from '../plr/ports.js';
import { qaLeads } from '../council/staff.js';
import { parseCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, type Cycle, type CycleNote } from '../plr/cycle-record.js';
import { cycleInWords } from './words.js';

type IssuedOrClosed = Exclude<Cycle, { state: 'issuing' }>;

/** Adds a note, unless the QA leads were told all its lines before. */
export function addNote(
  cycle: Cycle,
  note: Omit<CycleNote, 'at'>,
  council: CouncilContext,
): Change<Cycle> | Refusal<'told-already' | 'still-issuing'> {
  if (cycle.state === 'issuing') return refuse('still-issuing', 'The cycle is still being issued.');
  const { notes = [] } = cycle;
  const told = new Set(notes.flatMap(({ lines }) => lines.map(({ key }) => key)));
  const lines = note.lines.filter(({ key }) => !told.has(key));
  if (lines.length === 0 || notes.some(({ key }) => key === note.key))
    return refuse('told-already', 'The QA leads were told before.');
  const state: IssuedOrClosed = { ...cycle, notes: [...notes, { ...note, lines, at: council.now }] };
  return { state, did: `noted ${note.key}`, messages: noteMessages(cycle, note.key, council) };
}

export function noteMessages({ id }: Pick<Cycle, 'id'>, key: string, council: CouncilContext): Message[] {
  return qaLeads(council).map((person) => ({
    key: `note.${id}.${key}.${person}`,
    to: { person },
    card: 'cycle-note',
    reason: { note: key },
    about: cycleKey(id),
    urgency: 'ordinary',
  }));
}

const shownAtMost = 12;

function noteCard({ id }: Cycle, note: CycleNote, from = 0): CardContent {
  const until = from + shownAtMost;
  const left = note.lines.length - until;
  const next = left > 0 ? [{ label: `Show more (${left} left)`, from: until }] : [];
  const back = from > 0 ? [{ label: 'Show the first', from: 0 }] : [];
  return {
    template: 'cycle/note',
    summary: 'Something about this month’s reviews needs you',
    data: {
      cycle: id,
      note: note.key,
      title: note.title,
      intro: `${cycleInWords(id)}.`,
      lines: note.lines.slice(from, until).map(({ sentence, decide }) => ({
        sentence,
        decides: decide === undefined ? [] : [{ ref: decide, label: `Decide about ${decide}` }],
      })),
      pages: [...next, ...back],
    },
  };
}

/** Another page of a note. */
export const turnNote = readPress({
  reads: z.object({ cycle: z.string(), note: z.string(), from: z.coerce.number().int().min(0) }),
  kind: cycleKind,
  key: ({ cycle }) => {
    const name = parseCycleId(cycle);
    return name && cycleKey(name.id);
  },
  mine: (cycle: Cycle, given, { actor, council }) => {
    const note = notesOf(cycle).find(({ key }) => key === given.note);
    return note !== undefined && mayIn(actor, 'list changes', wholeCouncil, council) && { cycle, note };
  },
  show: ({ cycle, note }, { from }) => noteCard(cycle, note, from),
});

function notesOf(cycle: Cycle): readonly CycleNote[] {
  return cycle.state === 'issuing' ? [] : (cycle.notes ?? []);
}

export const cycleNote: Presenter<Cycle, MessageOf<'cycle-note'>> = {
  kind: cycleKind,
  present: (cycle, { reason }) => {
    const note = notesOf(cycle).find(({ key }) => key === reason.note);
    return note === undefined ? { superseded: 'there is no such note' } : noteCard(cycle, note);
  },
};
