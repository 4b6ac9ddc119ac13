import { isRefusal, refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Team } from '../council/organisation.js';
import type { Change, Message } from '../plr/ports.js';
import { schedulePost, type Post, type ScheduledPost } from './decide-post.js';
import {
  briefKey,
  briefFacts,
  type ApprovedBrief,
  type Brief,
  type DraftedBrief,
  type Posting,
} from './brief.js';
import { briefMessage } from './part.js';
import { hitsIn, onTheDesk, type BriefHit, type BriefRefusal } from './decide-edit.js';

export type Approval = Change<Brief> | (BriefRefusal & { readonly hits?: readonly BriefHit[] });

/**
 * The link reviewer approves: each team of the service gets the brief ahead of its next meeting. Refused while
 * the identifier firewall finds anything that nobody has answered for; it checks again when the brief is sent.
 */
export function approveBrief(brief: Brief, by: PersonId, council: CouncilContext): Approval {
  const draft = onTheDesk(brief);
  if (isRefusal(draft)) return draft;
  const hits = hitsIn(draft.text, council, draft.excused);
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
      approvedAt: council.now,
      round,
      posts: postsOf(draft, posting, round, council),
    },
  };
  return { state, did: 'approved the brief', messages: newPosts(state) };
}

/** Teams that have it keep it; the others get it in this round. */
function postsOf(
  brief: DraftedBrief,
  before: Posting | undefined,
  round: number,
  council: CouncilContext,
): Post[] {
  return teamsOf(brief, council).map((team) => {
    const known = before?.posts.find(({ teamId }) => teamId === team.id);
    if (known?.state === 'posted' || known?.state === 'discussed') return known;
    return schedulePost(team, round, council);
  });
}

export function teamsOf({ serviceId }: Brief, { organisation }: CouncilContext): Team[] {
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
