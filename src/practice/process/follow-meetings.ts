import { parseCycleId } from '../plr/cycle.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Change, Services } from '../plr/ports.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { schedulePost, type Post } from '../learning/decide-post.js';
import { briefKey, type ApprovedBrief, type Brief } from '../learning/brief.js';
import { briefKind, type BriefFigures } from '../learning/brief-kind.js';
import { newPosts, teamsOf } from '../learning/decide-approval.js';

/** Brings every approved brief into line with the teams and meetings as they are now. */
export async function followMeetings(
  { documents, partitions }: Services,
  council: CouncilContext,
): Promise<void> {
  for (const partition of await partitions.active()) {
    if (parseCycleId(partition)?.kind !== 'monthly') continue;
    const briefs = await documents.listFigures<BriefFigures>(briefKind, partition);
    for (const { cycleId, serviceId } of briefs.filter(({ state }) => state === 'approved'))
      await documents.change(briefKind, briefKey(cycleId, serviceId), 'system', (brief) =>
        scheduleAnew(brief, council),
      );
  }
}

/**
 * A brief that is still waiting moves with its meeting, and does not go to a team that has left the service. A
 * team that is new to the service gets it until the end of the month in which it was to be discussed.
 */
export function scheduleAnew(
  brief: Brief,
  council: CouncilContext,
): Change<Brief> | Refusal<'nothing-to-do'> {
  const nothing = refuse('nothing-to-do', 'It goes to the same teams, at the same times.');
  if (brief.state !== 'approved') return nothing;
  const { posting } = brief;
  const [teams, round] = [teamsOf(brief, council), posting.round + 1];
  const posts = posting.posts.flatMap((post): Post[] => {
    if (post.state !== 'scheduled' || post.postAt <= council.now) return [post];
    const team = teams.find(({ id }) => id === post.teamId);
    if (team === undefined) return [];
    const anew = schedulePost(team, round, council);
    return [anew.postAt === post.postAt && anew.meetingAt === post.meetingAt ? post : anew];
  });
  const isCurrent = monthOf(council.today) <= shiftMonth(brief.month, 1);
  const joined = teams.filter(({ id }) => isCurrent && !posting.posts.some(({ teamId }) => teamId === id));
  const all = [...posts, ...joined.map((team) => schedulePost(team, round, council))];
  if (all.length === posting.posts.length && all.every((post, at) => post === posting.posts[at]))
    return nothing;
  const state: ApprovedBrief = { ...brief, posting: { ...posting, round, posts: all } };
  return { state, did: 'followed the teams’ meetings', messages: newPosts(state) };
}
