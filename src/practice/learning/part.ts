import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import { stoppedByHand } from '../surface/why-not-sent.js';
import type { PersonId, TeamId } from '../base/ids.js';
import type { PlainCard } from '../plr/names.js';
import type { Change, Ended, Message } from '../plr/ports.js';
import {
  postDueAt,
  postedNow,
  type NotPosted,
  type Post,
  type PostedPost,
  type ScheduledPost,
} from './decide-post.js';
import { briefKey, briefFacts, type ApprovedBrief, type Brief, type DraftedBrief } from './brief.js';
import { isFirewallReason } from '../firewall/channel-gate.js';
import { firstHere, isHere, managersOfTeam } from '../council/staff.js';

/** Message keys, named after the fact, so that a repeat does not tell it twice. */
export const briefMessage = {
  draft: ({ serviceId }: Brief) => `brief.${serviceId}.draft`,
  post: ({ serviceId }: Brief, { teamId, round }: Post) => `brief.${serviceId}.post.${teamId}.${round}`,
  unrecorded: ({ serviceId }: Brief, { teamId }: Post, to: PersonId) =>
    `brief.${serviceId}.unrecorded.${teamId}.${to}`,
};

export function postOf(brief: Brief, teamId: TeamId): Post | undefined {
  return brief.posting?.posts.find((post) => post.teamId === teamId);
}

/** The brief with one post in another state. */
export function withPost<B extends Brief>(brief: B, post: Post): B {
  if (brief.posting === undefined) return brief;
  const posts = brief.posting.posts.map((one) => (one.teamId === post.teamId ? post : one));
  return { ...brief, posting: { ...brief.posting, posts } };
}

/** The team's card as it stands now, drawn over the one it has. */
export function redrawPost(brief: Brief, post: Post, why: string): Message {
  const posted = briefMessage.post(brief, post);
  return {
    key: `${posted}.${why}`,
    to: { channel: 'meeting', team: post.teamId },
    card: 'agenda-item',
    about: briefKey(brief.cycleId, brief.serviceId),
    urgency: 'answer',
    redraws: posted,
  };
}

/** How a post ended: it is with the team, or it is not and the link reviewer is told. */
export function postEnded(brief: Brief, ended: Ended, council: CouncilContext): Change<Brief> | undefined {
  const { message, as } = ended;
  if (message.card !== 'agenda-item' || message.redraws !== undefined) return undefined;
  if (!('team' in message.to)) return undefined;
  const post = postOf(brief, message.to.team);
  if (post === undefined || briefMessage.post(brief, post) !== message.key) return undefined;
  if (post.state !== 'scheduled' && post.state !== 'not-posted') return undefined;
  switch (as) {
    case 'delivered':
      return { state: withPost(brief, postedNow(post, council)), did: 'posted the brief', messages: [] };
    case 'refused':
    case 'undeliverable':
      return notPosted(brief, post.teamId, ended.reason, council);
    case 'setAside':
      return isFirewallReason(ended.reason)
        ? stopped(brief, post.round, ended.reason, council)
        : notPosted(brief, post.teamId, ended.reason, council);
  }
}

function notPosted(
  brief: Brief,
  teamId: TeamId,
  reason: string,
  council: CouncilContext,
): Change<Brief> | undefined {
  const post = postOf(brief, teamId);
  if (post?.state !== 'scheduled') return undefined;
  return {
    state: withPost(brief, unposted(post, reason)),
    did: 'could not post the brief',
    messages: toLinkReviewer(brief, `unposted.${teamId}.${post.round}`, 'brief-unposted', council),
  };
}

/**
 * Stopped by the identifier firewall before it was sent: this text goes out to nobody else, and the brief is
 * with the link reviewer again.
 */
function stopped(
  brief: Brief,
  round: number,
  reason: string,
  council: CouncilContext,
): Change<Brief> | undefined {
  if (brief.state !== 'approved') return undefined;
  return {
    state: backOnTheDesk(brief, reason),
    did: 'stopped the brief',
    messages: toLinkReviewer(brief, `stopped.${round}`, 'brief-stopped', council),
  };
}

/** Somebody noticed after the approval what must not go out: teams that have it keep it, and nobody else gets it. */
export function stopPosting(
  brief: Brief,
  by: PersonId,
  council: CouncilContext,
): Change<Brief> | Refusal<'not-open'> {
  if (brief.state !== 'approved' || !hasMoreToPost(brief))
    return refuse('not-open', 'There is nothing left to stop: beside each team is where it stands.');
  const told = toLinkReviewer(brief, `stopped-by-hand.${brief.posting.round}`, 'brief-draft', council);
  return {
    state: backOnTheDesk(brief, stoppedByHand),
    did: 'stopped what was not posted yet',
    messages: told.filter(({ to }) => !('person' in to) || to.person !== by),
  };
}

export function hasMoreToPost({ posting }: Brief): boolean {
  return posting?.posts.some(({ state }) => state === 'scheduled') ?? false;
}

function backOnTheDesk(brief: ApprovedBrief, reason: string): DraftedBrief {
  const posts = brief.posting.posts.map((post): Post =>
    post.state === 'scheduled' ? unposted(post, reason) : post,
  );
  return {
    ...briefFacts(brief),
    state: 'drafted',
    saves: brief.saves + 1,
    posting: { ...brief.posting, posts },
  };
}

function unposted({ teamId, round, meetingAt }: ScheduledPost, reason: string): NotPosted {
  return {
    state: 'not-posted',
    teamId,
    round,
    ...(meetingAt === undefined ? {} : { meetingAt }),
    reason,
  };
}

/** To whoever is the service's link reviewer today; to the QA leads while it has none. */
export function toLinkReviewer(
  brief: Brief,
  fact: string,
  card: PlainCard,
  council: CouncilContext,
): Message[] {
  const reviewer = council.organisation.services.get(brief.serviceId)?.linkReviewerId;
  const key = `brief.${brief.serviceId}.${fact}`;
  return firstHere(council, reviewer).map((person) => ({
    key: person === reviewer ? key : `${key}.${person}`,
    to: { person },
    card,
    about: briefKey(brief.cycleId, brief.serviceId),
    urgency: 'ordinary',
  }));
}

/** What is due for the posts by itself: the nudge, and after a month the message to the QA lead. */
export function postsWhenDue(
  brief: Brief,
  now: PostedPost['nudgeAt'],
  council: CouncilContext,
): Change<Brief> | undefined {
  const post = brief.posting?.posts.find((one): one is PostedPost => {
    const at = postDueAt(one);
    return one.state === 'posted' && at !== undefined && at <= now;
  });
  if (post === undefined) return undefined;
  if (post.nudged === 'not-yet') {
    const nudged: PostedPost = { ...post, nudged: 'nudged' };
    return {
      state: withPost(brief, nudged),
      did: 'reminded a team of the brief',
      messages: [redrawPost(brief, nudged, 'nudge'), ...toTeamManager(brief, post.teamId, council)],
    };
  }
  return {
    state: withPost(brief, { ...post, nudged: 'missed' }),
    did: 'listed a meeting that did not record the brief',
    messages: council.organisation.withRole('qa-lead', council.today).map(({ id }) => ({
      key: briefMessage.unrecorded(brief, post, id),
      to: { person: id },
      card: 'brief-unrecorded',
      about: briefKey(brief.cycleId, brief.serviceId),
      urgency: 'ordinary',
    })),
  };
}

function toTeamManager(brief: Brief, teamId: TeamId, council: CouncilContext): Message[] {
  const managerId = managersOfTeam(teamId, council).find((id) => isHere(id, council));
  if (managerId === undefined) return [];
  return [
    {
      key: `brief.${brief.serviceId}.nudge.${teamId}`,
      to: { person: managerId },
      card: 'brief-nudge',
      reason: { teamId },
      about: briefKey(brief.cycleId, brief.serviceId),
      urgency: 'ordinary',
    },
  ];
}
