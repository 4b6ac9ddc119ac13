import { may } from '../plr/plr-access.js';
import type { CardContent } from '../surface/feature.js';
import type { VerbName } from '../plr/names.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { personName } from '../council/words.js';
import { blindCard, moderationForm, noted, type Note } from './cards-blind.js';
import { blindReasonLimit } from './blind-draft.js';
import { blindPlr } from './blind-plr.js';
import { excusedFrom } from './decide-hand-on.js';
import { isShown } from '../plr/moderation-outcome.js';
import { tookPart } from './moderator-search.js';
import { outcomeCard, type OutcomeNote } from './cards-outcome.js';

/** What the card shows besides the state: a page of the blind grading, and what to say about the last press. */
export interface Asked {
  readonly page?: string;
  readonly note?: Note & OutcomeNote;
  /** A card that is sent unasked has only buttons, which open its form. */
  readonly opensForm?: boolean;
}

/**
 * A moderation as this person may see it now; undefined for anyone who has no part in it. Those include the
 * manager whose PLR is drawn and not graded yet, who must not know.
 */
export function moderationCard(
  plr: Plr,
  viewer: Person,
  council: CouncilContext,
  { page = 'start', note, opensForm = false }: Asked = {},
): CardContent | undefined {
  const { moderation } = plr;
  if (moderation === undefined) return undefined;
  if (moderation.state === 'drawn' && may(viewer, 'moderate blind', plr, council)) {
    return blindCard(moderationForm(blindPlr(plr, moderation, council), council), page, note);
  }
  if (isShown(moderation)) {
    if (may(viewer, 'see moderation', plr, council))
      return outcomeCard(plr, moderation, viewer, council, { note, opensForm });
  } else if (may(viewer, 'name moderator', plr, council)) {
    const waits = opensForm && moderation.state === 'awaiting-moderator';
    return waits ? nobodyFreeCard(plr, council) : nameModeratorCard(plr, council, note);
  }
  return excusedFrom(moderation).includes(viewer.id) ? passedOn(plr) : undefined;
}

export function seesModeration(plr: Plr, viewer: Person, council: CouncilContext): boolean {
  const { moderation } = plr;
  if (moderation === undefined) return false;
  if (excusedFrom(moderation).includes(viewer.id)) return true;
  if (moderation.state === 'drawn' && may(viewer, 'moderate blind', plr, council)) return true;
  return may(viewer, isShown(moderation) ? 'see moderation' : 'name moderator', plr, council);
}

function passedOn({ ref }: Plr): CardContent {
  return noticeCard(
    'This moderation was passed on',
    `${ref} is with someone else now. You do not need to do anything.`,
  );
}

/** The moderator asks to be relieved: the next is chosen by workload, so there is nobody to name. */
export function askHandOnCard(plr: Plr, note?: OutcomeNote): CardContent {
  return handOnCard(plr, note, {
    intro:
      'If you took part in this review, know the family or will be away, say so. It goes to another link reviewer, and what you graded so far is deleted.',
    verb: 'moderation.hand-on',
    canName: false,
    canKeep: true,
    people: [],
  });
}

/** Sent to the QA lead unasked; its button opens the form in which they name somebody. */
export function nobodyFreeCard(plr: Plr, council: CouncilContext): CardContent {
  const { cycleId: cycle, ref } = plr;
  const title = 'Nobody is free to moderate a review';
  const hasSomebody = couldModerate(plr, council).length > 0;
  return {
    template: 'moderation/reminder',
    summary: title,
    data: {
      cycle,
      ref,
      title,
      text: `Nobody has ${ref} to moderate yet. ${hasSomebody ? nameOrWait : nobodyToName}`,
      button: hasSomebody ? 'Name a moderator' : 'Look again',
    },
  };
}

const nameOrWait = 'Name a moderator, or wait for a link reviewer to be free.';
const nobodyToName =
  'There is nobody to name: every other link reviewer and QA lead took part in it, or heard of its alert. ' +
  'To go on, give somebody else the role of link reviewer in the roster, and import it.';

/** The QA lead names a moderator, when nobody is free or in place of the one who has it. */
export function nameModeratorCard(plr: Plr, council: CouncilContext, note?: OutcomeNote): CardContent {
  const { moderation } = plr;
  const holder = moderation?.state === 'drawn' ? moderation.moderatorId : undefined;
  const people = couldModerate(plr, council).filter((id) => id !== holder);
  const [stands, todo] =
    holder === undefined
      ? [`Nobody has ${plr.ref} to moderate yet.`, nameOrWait]
      : [
          `${personName(holder, council)} is moderating ${plr.ref}.`,
          'You can pass it to somebody else until it is graded; what they graded so far is then deleted.',
        ];
  if (people.length === 0)
    return noticeCard('Nobody to name', `${stands} ${nobodyToName}`, note?.typed?.['reason']);
  return handOnCard(plr, note, {
    intro: `${stands} ${todo}`,
    verb: 'moderation.name',
    canName: true,
    canKeep: false,
    people: people.map((id) => ({ title: personName(id, council), value: id })),
  });
}

/** Link reviewers and QA leads who took no part in it. */
export function couldModerate(plr: Plr, council: CouncilContext): PersonId[] {
  const { organisation, today } = council;
  const out = tookPart(plr, council);
  const people = [
    ...organisation.withRole('link-reviewer', today),
    ...organisation.withRole('qa-lead', today),
  ];
  return [...new Set(people.map(({ id }) => id))].filter((id) => !out.includes(id));
}

function handOnCard(
  { cycleId, ref }: Plr,
  note: OutcomeNote | undefined,
  what: {
    readonly intro: string;
    readonly verb: VerbName;
    readonly canName: boolean;
    readonly canKeep: boolean;
    readonly people: readonly object[];
  },
): CardContent {
  return {
    template: 'moderation/hand-on',
    summary: 'A moderation to pass on',
    data: {
      cycle: cycleId,
      ref,
      ...noted(note),
      ...what,
      to: note?.typed?.['to'] ?? '',
      reason: note?.typed?.['reason'] ?? '',
      reasonLimit: blindReasonLimit,
    },
  };
}
