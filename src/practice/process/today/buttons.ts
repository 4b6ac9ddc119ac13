import { mayIn, wholeCouncil, type ActIn } from '../../council/access.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { Person } from '../../council/organisation.js';
import { isHere } from '../../council/staff.js';
import type { PersonId, PlrRef } from '../../base/ids.js';
import { dateAt } from '../../base/time.js';
import type { VerbName } from '../../plr/names.js';
import type { Open } from '../open/open-item.js';
import type { SeenItem } from '../open/seen-by.js';

export interface TodayButton {
  readonly title: string;
  readonly verb: VerbName;
  readonly data: object;
}

/** Who presses, and what they may read beyond what is open. */
export interface Presser {
  readonly person: Person;
  readonly council: CouncilContext;
  /** The actions that they may read, by id, with their words. */
  readonly actions: ReadonlyMap<string, string>;
  /** Who was reminded of a review today already. */
  readonly remindedToday: ReadonlySet<PersonId>;
  /** Where in a list they are. */
  readonly page: number;
}

/**
 * One press opens the card of the feature that owns it, which asks again whether it is theirs. Nothing for what
 * they may only see.
 */
export function buttonsOf(seen: SeenItem, presser: Presser): TodayButton[] {
  const { item, isMine } = seen;
  const { cycle, ref } = item;
  const open = (verb: VerbName, title = `Open ${ref}`) => [{ title, verb, data: { cycle, ref } }];
  const mayHere = (act: ActIn) => isAllowed(act, item, presser);
  switch (item.kind) {
    case 'alert-unacknowledged':
    case 'alert-not-safe':
    case 'alert-grip-due':
    case 'alert-to-close':
      return opensAlert(seen, presser) ? open('alert.open', `Open alert ${ref}`) : [];
    case 'concern-begun':
      return isMine ? open('review.open') : [];
    case 'review-not-returned':
      return isMine ? open('review.open') : owedButtons(item, presser);
    case 'moderation-to-do':
    case 'moderation-to-answer':
    case 'moderation-to-settle':
      return isMine || mayHere('oversee moderations') ? open('moderation.open') : [];
    case 'action':
      return actionButton(item, presser);
    case 'change-to-decide':
      return mayHere('list changes') ? open('change.open', `Decide about ${ref}`) : [];
    case 'document-to-attach':
      return mayHere('list records') ? open('records.open') : [];
    case 'brief-to-approve':
    case 'meeting-not-discussed':
      return briefButton(item, presser);
    case 'report-to-sign':
      return mayHere('work on board report')
        ? [{ title: 'Open the report', verb: 'report.show', data: { period: cycle } }]
        : [];
    case 'message-undelivered':
    case 'vacancy':
      return [];
  }
}

function isAllowed(act: ActIn, { serviceId }: Open, { person, council }: Presser): boolean {
  return mayIn(person, act, serviceId === null ? wholeCouncil : { serviceId }, council);
}

function opensAlert({ item, isMine }: SeenItem, presser: Presser): boolean {
  const isTheirs = isMine || item.concerns?.includes(presser.person.id) === true;
  return isTheirs || isAllowed('see open alerts', item, presser);
}

/** A QA lead decides about a review that somebody else owes, or reminds them: at most once a day. */
function owedButtons(item: Open, presser: Presser): TodayButton[] {
  const { council, page, remindedToday } = presser;
  if (!isAllowed('list changes', item, presser)) return [];
  const { cycle, ref, owedBy } = item;
  const mayBeReminded = owedBy !== undefined && isHere(owedBy, council) && !remindedToday.has(owedBy);
  const remind: TodayButton = {
    title: `Remind about ${ref}`,
    verb: 'today.remind',
    data: { cycle, ref, page },
  };
  return [
    { title: `Decide about ${ref}`, verb: 'change.open', data: { cycle, ref } },
    ...(mayBeReminded ? [remind] : []),
  ];
}

/** Of those whose reviews are seen. */
export function whoIsRemindedToday(
  seen: readonly SeenItem[],
  { today, timeZone }: CouncilContext,
): ReadonlySet<PersonId> {
  const isToday = ({ reminded }: Open) => reminded !== undefined && dateAt(reminded, timeZone) === today;
  return new Set(
    seen.flatMap(({ item }) => (item.owedBy !== undefined && isToday(item) ? [item.owedBy] : [])),
  );
}

/** An action's reference is its PLR's, and a number. */
export function plrRefOfAction(id: string): PlrRef {
  return id.slice(0, id.lastIndexOf('-')) as PlrRef;
}

function actionButton({ cycle, ref }: Open, { actions }: Presser): TodayButton[] {
  if (ref === null || !actions.has(ref)) return [];
  return [
    { title: `Open ${ref}`, verb: 'action.open', data: { cycle, ref: plrRefOfAction(ref), action: ref } },
  ];
}

function briefButton(item: Open, presser: Presser): TodayButton[] {
  const { kind, cycle, serviceId: service, teamId: team, since } = item;
  if (kind === 'brief-to-approve')
    return isAllowed('write learning brief', item, presser)
      ? [{ title: 'Open the brief', verb: 'learning.open', data: { cycle, service } }]
      : [];
  // Where it was never posted there is nothing to record.
  const { person, council } = presser;
  const records =
    since !== null && team !== null && mayIn(person, 'record discussion', { teamId: team }, council);
  return records
    ? [{ title: 'Record what was decided', verb: 'learning.record', data: { cycle, service, team } }]
    : [];
}
