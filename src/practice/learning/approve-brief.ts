import { isRefusal, refuse } from '../base/errors.js';
import type { House } from '../council/house.js';
import type { PersonId } from '../base/ids.js';
import type { Team } from '../council/organisation.js';
import type { Change, Message } from '../plr/ports.js';
import { schedulePost, type Post, type ScheduledPost } from './agenda-post.js';
import {
  briefKey,
  briefFacts,
  type ApprovedBrief,
  type Brief,
  type DraftedBrief,
  type Posting,
} from './brief.js';
import { briefMessage } from './brief-posting.js';
import { hitsIn, onTheDesk, type BriefHit, type BriefRefusal } from './edit-brief.js';

export type Approval = Change<Brief> | (BriefRefusal & { readonly hits?: readonly BriefHit[] });

/**
 * The link reviewer approves: each team of the service gets the brief ahead of its next meeting. Refused while
 * the identifier firewall finds anything that nobody has answered for; it checks again when the brief is sent.
 */
export function approveBrief(brief: Brief, by: PersonId, house: House): Approval {
  const draft = onTheDesk(brief);
  if (isRefusal(draft)) return draft;
  const hits = hitsIn(draft.text, house, draft.excused);
  if (hits.length > 0)
    return {
      ...refuse('hits', 'Nothing was posted. This may identify someone: mend it, or say why it may stay.'),
      hits,
    };
  const { posting } = draft;
  const round = (posting?.round ?? 0) + 1;
  const state: ApprovedBrief = {
    ...briefFacts(draft),
    state: 'approved',
    posting: {
      text: draft.text,
      excused: draft.excused,
      approvedBy: by,
      approvedAt: house.now,
      round,
      posts: postsOf(draft, posting, round, house),
    },
  };
  return { state, did: 'approved the brief', messages: newPosts(state) };
}

/** Teams that have it keep it; the others get it in this round. */
function postsOf(brief: DraftedBrief, before: Posting | undefined, round: number, house: House): Post[] {
  return teamsOf(brief, house).map((team) => {
    const known = before?.posts.find(({ teamId }) => teamId === team.id);
    if (known?.state === 'posted' || known?.state === 'discussed') return known;
    return schedulePost(team, round, house);
  });
}

export function teamsOf({ serviceId }: Brief, { organisation }: House): Team[] {
  return organisation.roster.teams.filter((team) => team.serviceId === serviceId);
}

/** What was scheduled in this round. */
export function newPosts(brief: ApprovedBrief): Message[] {
  const { round, posts } = brief.posting;
  return posts
    .filter((post): post is ScheduledPost => post.state === 'scheduled' && post.round === round)
    .map((post) => ({
      key: briefMessage.post(brief, post),
      to: { channel: 'meeting', team: post.teamId },
      card: 'agenda-item',
      about: briefKey(brief.cycleId, brief.serviceId),
      urgency: 'ordinary',
      notBefore: post.postAt,
    }));
}
