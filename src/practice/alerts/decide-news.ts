import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import { entries, inThisRound, withEntries, type ConcernNews } from '../plr/alert.js';
import { notify, redrawn } from './messages.js';
import { hasItToday } from './people-of-alert.js';

/**
 * The reviewer has added to the words of a concern, or says now that there is none (docs/domain.md, 4.3): everybody
 * who was told and still has the alert is told so. It changes nothing in who must act: only the QA lead closes it.
 */
export function tellOfChangedConcern(
  plr: Plr,
  news: ConcernNews,
  by: PersonId,
  council: CouncilContext,
): { plr: Plr; messages: readonly Message[] } {
  const { alert } = plr;
  const isOpen = alert !== undefined && alert.state !== 'closed';
  if (!isOpen || !alert.reasons.some(({ because }) => because === 'immediate-concern'))
    return { plr, messages: [] };
  const noted = withEntries(alert, council.now, { is: news, by });
  const step = { is: news, number: entries(noted, news).length };
  // The team's channel has no words to be changed.
  const people = inThisRound(alert, 'sent').filter(
    (sent) => 'person' in sent.to && hasItToday(sent, plr, council),
  );
  const told = notify({ alert: noted, messages: [] }, plr, step, people, council);
  const { alert: after, messages } = redrawn(told, plr, alert, council);
  return { plr: { ...plr, alert: after }, messages };
}
