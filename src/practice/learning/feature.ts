import { mayIn, servicesFor, wholeCouncil } from '../council/access.js';
import {
  verbsOf,
  type CardContent,
  type Command,
  type Feature,
  type Presenter,
  type Superseded,
  type Turn,
} from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import { monthlyCycleId } from '../plr/cycle.js';
import type { Message, MessageOf } from '../plr/ports.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { monthInWords, serviceName, teamName } from '../council/words.js';
import { agendaCard, nudgeCard } from './cards-agenda.js';
import { agendaVerbs } from './handlers-agenda.js';
import type { Brief } from './brief.js';
import { briefCard, briefsCard } from './cards.js';
import { briefVerbs } from './handlers.js';
import { briefKind } from './brief-kind.js';
import { briefMessage, postOf } from './part.js';
import { didItWork, didItWorkVerbs } from './handlers-did-it-work.js';
import { briefingFile } from './briefing-file.js';
import { draftBriefs } from './jobs.js';
import { addLearning, otherLearningVerbs } from './handlers-other-learning.js';
import { loopCard } from './loop.js';
import { otherLearningKind } from './other-learning.js';

type Present = (brief: Brief, message: Message, council: CouncilContext) => CardContent | Superseded;

const presenting = (present: Present): Presenter<Brief> => ({ kind: briefKind, present });

const draft: Present = (brief, _message, council) => briefCard(brief, council);

/** Sent only while it is what the link reviewer last approved, and only to a team that waits for it or has it. */
const agendaItem: Present = (brief, { key, to, redraws }, council) => {
  const post = 'team' in to ? postOf(brief, to.team) : undefined;
  const { posting } = brief;
  if (post === undefined || posting === undefined) return { superseded: 'the team does not get this brief' };
  if (redraws === undefined && brief.state !== 'approved')
    return { superseded: `the brief is ${brief.state}` };
  if (redraws === undefined && key !== briefMessage.post(brief, post))
    return { superseded: 'it was scheduled anew since' };
  return agendaCard({ ...brief, posting }, post, council);
};

const stopped: Present = (brief, _message, council) =>
  brief.state === 'drafted'
    ? briefCard(
        brief,
        council,
        'Not posted: the identifier firewall, which checks again on sending, found something that it did not find when you approved. Approve to see what, then mend it.',
      )
    : { superseded: `the brief is ${brief.state}` };

const unposted: Present = (brief, _message, council) =>
  briefCard(
    brief,
    council,
    'One team could not be reached: beside its name is why. Where the app is missing from its meeting channel, it gets the brief as soon as it is there; otherwise ask those who run the bot to send it again.',
  );

const nudge = (brief: Brief, { reason }: MessageOf<'brief-nudge'>, council: CouncilContext) => {
  const post = postOf(brief, reason.teamId);
  return post?.state === 'posted'
    ? nudgeCard(brief, post, council)
    : { superseded: 'it was recorded meanwhile' };
};

const unrecorded: Present = (brief, { key, to }, council) => {
  const post = brief.posting?.posts.find(
    (one) => 'person' in to && briefMessage.unrecorded(brief, one, to.person) === key,
  );
  if (post?.state !== 'posted') return { superseded: 'it was recorded meanwhile' };
  return noticeCard(
    'A month without a recorded discussion',
    `${teamName(post.teamId, council)} has not recorded what it decided on the brief of ${serviceName(brief.serviceId, council)} for ${monthInWords(brief.month)}. Say "loop" to see every meeting.`,
  );
};

const loop: Command = {
  words: ['loop', 'learning loop'],
  does: 'which team meetings discussed the learning brief',
  for: (actor, council) => mayIn(actor, 'see loop', wholeCouncil, council),
  answer: loopCard,
};

const briefs: Command = {
  words: ['brief', 'briefs', 'learning brief'],
  does: 'the newest learning brief of each of your services',
  for: (actor, council) => servicesFor(actor, 'write learning brief', council).length > 0,
  answer: newestBriefs,
};

/**
 * What this person may work on: the newest brief of each service, and any other that still waits. If there is
 * only one, it is shown at once.
 */
async function newestBriefs(turn: Turn): Promise<CardContent> {
  const months = [0, 1, 2, 3].map((back) => shiftMonth(monthOf(turn.council.today), -back));
  const found = await Promise.all(
    months.map((month) => turn.documents.list(briefKind, monthlyCycleId(month))),
  );
  const services = servicesFor(turn.actor, 'write learning brief', turn.council);
  const own = found.flat().filter(({ serviceId }) => services.includes(serviceId));
  const isNewest = (brief: Brief) => own.find(({ serviceId }) => serviceId === brief.serviceId) === brief;
  const listed = own.filter((brief) => brief.state === 'drafted' || isNewest(brief));
  const [only] = listed;
  if (only === undefined)
    return noticeCard('There is no brief yet', 'It comes to you by itself when the month’s cycle closes.');
  return listed.length === 1 ? briefCard(only, turn.council) : briefsCard(listed, turn.council);
}

/** Learning comes back to every team meeting, and it shows whether it helped (docs/domain.md, 5.1 to 5.5). */
export const learningFeature: Feature = {
  verbs: verbsOf(briefVerbs, agendaVerbs, otherLearningVerbs, didItWorkVerbs),
  lists: ['brief', 'loop', 'did it work', 'learning.chart', 'learning.choose-theme', 'learning.findings'],
  commands: [briefs, didItWork, loop, addLearning],
  presenters: {
    'brief-draft': presenting(draft),
    'brief-stopped': presenting(stopped),
    'brief-unposted': presenting(unposted),
    'brief-nudge': { kind: briefKind, present: nudge },
    'brief-unrecorded': presenting(unrecorded),
    'agenda-item': presenting(agendaItem),
  },
  kinds: [briefKind, otherLearningKind],
  jobs: [draftBriefs],
  files: { briefing: briefingFile },
};
