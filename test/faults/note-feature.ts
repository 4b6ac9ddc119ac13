import { cardsOfTests } from '../builders/presented-by.js';
import type { PlainCard } from '../../src/practice/plr/names.js';
import type { Feature, Presenter } from '../../src/practice/surface/feature.js';
import { noticeCard } from '../../src/practice/surface/help.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { DocumentKind, Message, Services } from '../../src/practice/plr/ports.js';

/** The least a message can be about: these tests are of the machinery, and of no feature. */
export interface Note {
  readonly to: PersonId;
  readonly text: string;
}

export const noteKind: DocumentKind<Note> = { kind: 'note', schemaVersion: 1 };

const note: Presenter<Note> = {
  kind: noteKind,
  present: ({ text }) => noticeCard('A note', text),
};

export const noteFeature: Feature = { kinds: [noteKind], presenters: cardsOfTests({ note }) };

export const notesPartition = '2022-04';

/** A note for each of these people, queued as a fan-out queues them: with the state that causes it. */
export async function queueNotes(
  { documents, partitions }: Services,
  people: readonly string[],
  about: string,
  urgency: Message['urgency'] = 'ordinary',
): Promise<void> {
  await partitions.activate(notesPartition);
  const entries = people.map((person) => {
    const key = { partition: notesPartition, kind: 'note', id: `${about}-${person}` };
    const message: Message = {
      key: `note.${about}.${person}`,
      to: { person: person as PersonId },
      card: 'note' as PlainCard,
      about: key,
      urgency,
    };
    const state: Note = { to: person as PersonId, text: about };
    return { key, change: { state, did: 'noted', messages: [message] } };
  });
  await documents.createAll(noteKind, entries, 'system');
}
