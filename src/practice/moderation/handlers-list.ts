import { mayIn, wholeCouncil } from '../council/access.js';
import { figuresInHand } from '../plr/figures-in-hand.js';
import type { Command, Turn } from '../surface/feature.js';
import { isAwayUntil } from '../council/staff.js';
import type { PlrFigures } from '../plr/figures.js';
import { dateInWords, personName } from '../council/words.js';

const shownAtMost = 15;

/** What a link reviewer has to moderate; for the QA lead everything that is open, overdue ones first. */
export const myModerations: Command = {
  words: ['moderations', 'my moderations'],
  does: 'the Practice Learning Reviews that wait to be moderated or settled',
  for: (actor, council) => mayIn(actor, 'list moderations', wholeCouncil, council),
  answer: async (turn) => {
    const open = (await figuresInHand(turn)).filter((one) => isFor(one, turn));
    open.sort((a, b) => ((a.moderating?.dueOn ?? '') < (b.moderating?.dueOn ?? '') ? -1 : 1));
    const rows = open.slice(0, shownAtMost).map((one) => ({
      cycle: one.cycleId,
      ref: one.ref,
      text: inWords(one, turn),
    }));
    const more = open.length > rows.length ? ` The first ${rows.length} are shown.` : '';
    return {
      template: 'moderation/list',
      summary: 'Moderations',
      data: { intro: `${open.length === 0 ? 'None is' : open.length} open.${more}`, rows },
    };
  },
};

function isFor({ moderation, moderating }: PlrFigures, { actor, council }: Turn): boolean {
  const open = moderation === 'drawn' || moderation === 'graded' || moderation === 'disputed';
  return open && (moderating?.by === actor.id || mayIn(actor, 'oversee moderations', wholeCouncil, council));
}

function inWords(
  { moderation, moderating, managerId, standing }: PlrFigures,
  { actor, council }: Turn,
): string {
  const { by, dueOn } = moderating ?? {};
  const due =
    dueOn === undefined ? '' : ` ${dueOn < council.today ? 'Overdue since' : 'Due'} ${dateInWords(dueOn)}.`;
  const byService = standing.is === 'returned' && standing.completedBy === 'service';
  if (moderation === 'graded' && dueOn !== undefined && dueOn < council.today)
    return `Graded and not answered: a QA lead may settle it.${due}`;
  if (moderation === 'graded' && dueOn !== undefined && byService && isAwayUntil(managerId, dueOn, council))
    return `Graded. The manager has left or is away; waits for the QA lead to settle it.${due}`;
  if (moderation === 'graded') return `Graded; waits for the manager’s answer.${due}`;
  if (moderation === 'disputed') return `Not agreed; waits for the QA lead to settle it.${due}`;
  if (by === undefined) return `Waits for a moderator.${due}`;
  return by === actor.id ? `Waits for your grades.${due}` : `With ${personName(by, council)} to grade.${due}`;
}
