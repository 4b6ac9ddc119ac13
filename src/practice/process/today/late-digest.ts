import { refuse } from '../../base/errors.js';
import type { PersonId } from '../../base/ids.js';
import { instantAt, isWorkingDay, type LocalDate } from '../../base/time.js';
import type { Person } from '../../council/organisation.js';
import { qaLeads } from '../../council/staff.js';
import { dateInWords } from '../../council/words.js';
import type { DocumentKey, DocumentKind, Message } from '../../plr/ports.js';
import type { CardContent, Job, Presenter, Tick } from '../../surface/feature.js';
import { openFor, readOpen, type SeenItem } from '../open/seen-by.js';
import { bySort, isInCut, type OpenSort } from './sorts.js';

/**
 * What a QA lead was last told is late: one message for all of it, and a new one only when something more has become
 * late. One document for each of them, so that they do not pile up.
 */
export interface LateDigest {
  readonly personId: PersonId;
  readonly day: LocalDate;
  /** What was late then, by sort: as what each is known by, so that what is new can be told. */
  readonly late: Readonly<Partial<Record<OpenSort, readonly string[]>>>;
}

export const lateDigestKind: DocumentKind<LateDigest, 'late-digest'> = {
  kind: 'late-digest',
  schemaVersion: 1,
};

const keyOf = (personId: PersonId): DocumentKey<'late-digest'> => ({
  partition: 'council',
  kind: 'late-digest',
  id: personId,
});

/** The sorts that no reminder of their own tells the QA leads of. */
const told: readonly OpenSort[] = ['moderations'];

/** At 9 on a working day. */
export const tellWhatIsLate: Job = {
  name: 'tell the QA leads what has become late',
  run: async (tick) => {
    const { council } = tick;
    const { today, holidays, timeZone, now } = council;
    if (!isWorkingDay(today, holidays) || now < instantAt(today, '09:00', timeZone)) return;
    const leads = qaLeads(council).flatMap((id) => council.organisation.people.get(id) ?? []);
    const before = await Promise.all(leads.map(({ id }) => tick.documents.read(lateDigestKind, keyOf(id))));
    if (before.every((digest) => digest?.day === today)) return;
    const open = await readOpen(tick, council);
    for (const [at, lead] of leads.entries())
      if (before[at]?.day !== today) await tell(lead, before[at], openFor(lead, open, council), tick);
  },
};

async function tell(
  { id: personId }: Person,
  before: LateDigest | undefined,
  seen: readonly SeenItem[],
  { documents, council }: Tick,
): Promise<void> {
  const late = lateOf(seen);
  const state: LateDigest = { personId, day: council.today, late };
  const isNews = told.some((sort) => late[sort]?.some((one) => before?.late[sort]?.includes(one) !== true));
  const messages = isNews ? [messageOf(state)] : [];
  const change = { state, did: `counted what was late on ${council.today}`, messages };
  if (before === undefined && (await documents.create(lateDigestKind, keyOf(personId), change, 'system')))
    return;
  await documents.change(lateDigestKind, keyOf(personId), 'system', (now) =>
    now.day === council.today ? refuse('done', 'Another replica has told them.') : change,
  );
}

function lateOf(seen: readonly SeenItem[]): LateDigest['late'] {
  const late = bySort(
    seen.filter((one) => isInCut(one, 'overdue') && told.some((sort) => isInCut(one, sort))),
  );
  return Object.fromEntries(late.map(({ sort, items }) => [sort, items.map(({ item }) => item.ref ?? '')]));
}

function messageOf({ personId, day }: LateDigest): Message {
  return {
    key: `late.${personId}.${day}`,
    to: { person: personId },
    card: 'late-digest',
    about: keyOf(personId),
    urgency: 'ordinary',
  };
}

/** Which of them they are, with owner and service, is one press away, as it stands by then. */
export const lateDigest: Presenter<LateDigest> = {
  kind: lateDigestKind,
  present: (digest, message) =>
    message.key === messageOf(digest).key ? cardOf(digest) : { superseded: 'there is a newer one' },
};

export function cardOf({ day, late }: LateDigest): CardContent {
  const count = late.moderations?.length ?? 0;
  return {
    template: 'today/late',
    summary: 'Moderations are overdue',
    data: {
      title: count === 1 ? 'A moderation is overdue' : `${count} moderations are overdue`,
      text: `On ${dateInWords(day)}. The list says who has each, and for how long.`,
      data: { cut: 'moderations', page: 0 },
    },
  };
}
