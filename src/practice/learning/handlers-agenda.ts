import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Turn, Verbs } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CycleId, ServiceId, TeamId } from '../base/ids.js';
import { teamName } from '../council/words.js';
import { agendaCard, discussionCard, discussionSaved } from './cards-agenda.js';
import type { Post } from './decide-post.js';
import {
  recordDiscussion,
  tooLate,
  type DiscussionMistakes,
  type DiscussionTyped,
} from './decide-discussion.js';
import { briefKey, type Brief, type Posting } from './brief.js';
import { briefKind } from './brief-kind.js';
import { postOf, redrawPost, withPost } from './part.js';
import { bringAlong, hasReached, laterBriefs } from './later-briefs.js';

const address = z.object({
  cycle: z.string().max(100),
  service: z.string().max(100),
  team: z.string().max(100),
});
const discussionInputs = ['discussedOn', 'willChange', 'howKnow', 'byWhen'] as const;
const discussion = z.partialRecord(z.enum(discussionInputs), z.string());
/** 0, as for a first record, when the card does not say. */
const savesSeen = z.object({ saves: z.coerce.number().int().catch(0) }).catch({ saves: 0 });

const noItem = (): CardContent =>
  noticeCard(
    'This brief is not with your team',
    'Nothing was changed. Ask your link reviewer which brief is yours.',
  );

interface Placed {
  readonly brief: Brief & { readonly posting: Posting };
  readonly post: Post;
}

function placed(brief: Brief | undefined, teamId: TeamId): Placed | undefined {
  if (brief?.posting === undefined) return undefined;
  const post = postOf(brief, teamId);
  return post === undefined ? undefined : { brief: { ...brief, posting: brief.posting }, post };
}

/**
 * Shows the team's agenda item. Those outside the team see what the channel shows, and why they cannot record
 * anything.
 */
async function atAgenda(
  data: unknown,
  turn: Turn,
  answer: (item: Placed) => CardContent | Promise<CardContent>,
): Promise<CardContent> {
  const item = await itemAt(data, turn);
  if (item === undefined) return noItem();
  const { brief, post } = item;
  return mayIn(turn.actor, 'record discussion', { teamId: post.teamId }, turn.council)
    ? answer(item)
    : agendaCard(brief, post, turn.council, outsider(post.teamId, turn));
}

async function itemAt(data: unknown, turn: Turn): Promise<Placed | undefined> {
  const at = address.safeParse(data);
  if (!at.success) return undefined;
  const { cycle, service, team } = at.data;
  const brief = await turn.documents.read(briefKind, briefKey(cycle as CycleId, service as ServiceId));
  const item = placed(brief, team as TeamId);
  return item?.post.state === 'scheduled' || item?.post.state === 'not-posted' ? undefined : item;
}

function outsider(teamId: TeamId, { council }: Turn): string {
  return `Only ${teamName(teamId, council)} can record what it decided: its members and its Team Manager. Nothing was changed.`;
}

const agenda: ActionHandler = (data, turn) =>
  atAgenda(data, turn, ({ brief, post }) => agendaCard(brief, post, turn.council));

const record: ActionHandler = (data, turn) =>
  atAgenda(data, turn, async ({ brief, post }) => {
    const isOver = post.state === 'discussed' && hasReached(await laterBriefs(brief, turn), post.teamId);
    return isOver
      ? agendaCard(brief, post, turn.council, tooLate)
      : discussionCard(brief, post, turn.council);
  });

type RecordRefusal = Refusal & { readonly mistakes?: DiscussionMistakes };

const saveRecord: ActionHandler = async (data, turn) => {
  const at = address.safeParse(data);
  if (!at.success) return noItem();
  const teamId = at.data.team as TeamId;
  const item = await itemAt(data, turn);
  const typed = typedOf(data, item?.post);
  if (!mayIn(turn.actor, 'record discussion', { teamId }, turn.council)) {
    const notice = `${outsider(teamId, turn)} What you typed is below, to copy from.`;
    return item === undefined
      ? noItem()
      : discussionCard(item.brief, item.post, turn.council, typed, { notice });
  }
  const key = briefKey(at.data.cycle as CycleId, at.data.service as ServiceId);
  const now = await turn.documents.read(briefKind, key);
  const later = now === undefined ? [] : await laterBriefs(now, turn);
  const save = { typed, ...savesSeen.parse(data), isOver: hasReached(later, teamId) };
  let seen: Placed | undefined;
  const result = await turn.documents.change(briefKind, key, turn.actor.id, (brief) => {
    seen = placed(brief, teamId);
    if (seen === undefined) return refuse('missing', 'This brief is not with this team.');
    const post = recordDiscussion(seen.post, save, turn.actor.id, turn.council);
    if (isRefusal(post)) return post;
    const state = withPost(brief, post);
    const [did, why] =
      post.former === undefined
        ? ['recorded the discussion', 'recorded']
        : ['corrected the record of the discussion', `corrected.${post.former.length}`];
    return { state, did, messages: [redrawPost(state, post, why)] };
  });
  const saved = isRefusal(result) ? seen : placed(result, teamId);
  if (saved === undefined) return noItem();
  await bringAlong(later, saved.post, turn);
  return isRefusal(result)
    ? notRecorded(saved, result, typed, turn)
    : agendaCard(saved.brief, saved.post, turn.council);
};

/** What was typed; what did not come is as it was saved. */
function typedOf(data: unknown, post: Post | undefined): DiscussionTyped {
  const press = z.record(z.string(), z.unknown()).catch({}).parse(data);
  const came = discussionInputs.filter((id) => typeof press[id] === 'string');
  return {
    ...discussionSaved(post),
    ...discussion.parse(Object.fromEntries(came.map((id) => [id, press[id]]))),
  };
}

function notRecorded(
  { brief, post }: Placed,
  refusal: RecordRefusal,
  typed: DiscussionTyped,
  { council }: Turn,
): CardContent {
  if (refusal.refused === 'unchanged') return agendaCard(brief, post, council, refusal.say);
  return discussionCard(brief, post, council, typed, {
    notice: refusal.say,
    mistakes: refusal.mistakes ?? {},
  });
}

/** The agenda item stands in the team's channel, and what the meeting decided is recorded there. */
const usedIn = ['personal', 'channel'] as const;

export const agendaVerbs: Verbs = {
  'learning.agenda': { answer: agenda, usedIn },
  'learning.record': { answer: record, usedIn },
  'learning.record-save': {
    answer: saveRecord,
    usedIn,
    screen: { inputs: discussionInputs, again: record },
  },
};
