import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { Press } from '../forms/inputs.js';
import type { Turn, Verbs } from '../surface/feature.js';
import { changePress, readPress } from '../surface/press.js';
import type { CycleId, ServiceId, TeamId } from '../base/ids.js';
import { teamName } from '../council/words.js';
import { agendaCard, discussionCard, discussionSaved } from './cards-agenda.js';
import type { Post } from './decide-post.js';
import { recordDiscussion, tooLate, type DiscussionTyped } from './decide-discussion.js';
import { briefKey, type Brief, type Posting } from './brief.js';
import { briefKind } from './brief-kind.js';
import { postOf, redrawPost, withPost } from './part.js';
import { bringAlong, hasReached, laterBriefs } from './later-briefs.js';

const address = z.looseObject({
  cycle: z.string().max(100),
  service: z.string().max(100),
  team: z.string().max(100),
});
type Address = z.infer<typeof address>;
const discussionInputs = ['discussedOn', 'willChange', 'howKnow', 'byWhen'] as const;
const discussion = z.partialRecord(z.enum(discussionInputs), z.string());

/** The brief as it was posted to one team. */
interface AgendaItem {
  readonly brief: Brief & { readonly posting: Posting };
  readonly post: Post;
}

/** A team's agenda item. Those outside the team see what its channel shows. */
const anItem = {
  kind: briefKind,
  key: ({ cycle, service }: Address) => briefKey(cycle as CycleId, service as ServiceId),
  mine: (brief: Brief, { team }: Address): AgendaItem | undefined => {
    const post = postOf(brief, team as TeamId);
    if (brief.posting === undefined || post === undefined) return undefined;
    if (post.state === 'scheduled' || post.state === 'not-posted') return undefined;
    return { brief: { ...brief, posting: brief.posting }, post };
  },
};

/** Why somebody cannot record anything; undefined for the team itself. */
function outsider({ post: { teamId } }: AgendaItem, { actor, council }: Turn): string | undefined {
  if (mayIn(actor, 'record discussion', { teamId }, council)) return undefined;
  return `Only ${teamName(teamId, council)} can record what it decided: its members and its Team Manager. Nothing was changed.`;
}

/** The agenda item stands in the team's channel, and what the meeting decided is recorded there. */
const usedIn = ['personal', 'channel'] as const;

const agenda = readPress({
  ...anItem,
  reads: address,
  usedIn,
  show: (item, _given, turn) => agendaCard(item.brief, item.post, turn.council, outsider(item, turn)),
});

const record = readPress({
  ...anItem,
  reads: address,
  usedIn,
  show: async (item, _given, turn) => {
    const { brief, post } = item;
    const why = outsider(item, turn);
    if (why !== undefined) return agendaCard(brief, post, turn.council, why);
    const isOver = post.state === 'discussed' && hasReached(await laterBriefs(brief, turn), post.teamId);
    return isOver
      ? agendaCard(brief, post, turn.council, tooLate)
      : discussionCard(brief, post, turn.council);
  },
});

const saveRecord = changePress({
  ...anItem,
  /** `saves`: 0, as for a first record, when the card does not say. */
  reads: address.extend({ saves: z.coerce.number().int().catch(0) }),
  usedIn,
  screen: { inputs: discussionInputs, again: record },
  prepare: async (given, turn) => {
    const brief = await turn.documents.read(briefKind, anItem.key(given));
    return brief === undefined ? [] : laterBriefs(brief, turn);
  },
  decide: (item, given, turn, later = []) => {
    const why = outsider(item, turn);
    if (why !== undefined) return refuse('outsider', `${why} What you typed is below, to copy from.`);
    const { brief, post } = item;
    const save = {
      typed: typedOf(given, post),
      saves: given.saves,
      isOver: hasReached(later, post.teamId),
    };
    const recorded = recordDiscussion(post, save, turn.actor.id, turn.council);
    if (isRefusal(recorded)) return recorded;
    const state: Brief = withPost(brief, recorded);
    const [did, reason] =
      recorded.former === undefined
        ? ['recorded the discussion', 'recorded']
        : ['corrected the record of the discussion', `corrected.${recorded.former.length}`];
    return { state, did, messages: [redrawPost(state, recorded, reason)] };
  },
  show: async ({ brief, post }, { given, before, outcome, ready: later = [] }, turn) => {
    const { council } = turn;
    const isOutsider = isRefusal(outcome) && outcome.refused === 'outsider';
    if (!isOutsider) await bringAlong(later, post, turn);
    if (!isRefusal(outcome)) return agendaCard(brief, post, council);
    const { refused, say: notice } = outcome;
    if (refused === 'unchanged') return agendaCard(brief, post, council, notice);
    const mistakes = 'mistakes' in outcome ? (outcome.mistakes ?? {}) : {};
    return discussionCard(brief, post, council, typedOf(given, before.post), { notice, mistakes });
  },
});

/** What was typed; what did not come is as it was saved. */
function typedOf(press: Press, post: Post): DiscussionTyped {
  const came = discussionInputs.filter((id) => typeof press[id] === 'string');
  return {
    ...discussionSaved(post),
    ...discussion.parse(Object.fromEntries(came.map((id) => [id, press[id]]))),
  };
}

export const agendaVerbs: Verbs = {
  'learning.agenda': agenda,
  'learning.record': record,
  'learning.record-save': saveRecord,
};
