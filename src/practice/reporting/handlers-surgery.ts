import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import { isRefusal } from '../base/errors.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import { councilPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person, Service } from '../council/organisation.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { serviceReport } from './board-report.js';
import { monthlyPeriod, type Period } from '../plr/period.js';
import { periodOfId, periodSaid } from './period-said.js';
import { readReportInput } from './read-report-input.js';
import { surgeryCard } from './cards.js';

/** A service manager gets the page of their own service (docs/domain.md, 9). */
export const ourService: Command = {
  words: ['our service', 'performance surgery'],
  does: 'the figures of your own service, for the Performance Surgery',
  for: (actor, council) => managedBy(actor, council).length > 0,
  answer: async (turn, said) => {
    const named = said.replace(/^(our service|performance surgery)( report)?( for)?/, '').trim();
    const period = named === '' ? await latestPeriod(turn) : periodSaid(named, turn.council.today);
    const [first] = managedBy(turn.actor, turn.council);
    return period === undefined || first === undefined
      ? noticeCard('Which month?', 'Say "our service March", or "our service Q4 2021/22".')
      : servicePage(period, first, turn);
  },
};

export const showService = councilPress({
  reads: z.object({ period: z.string().max(20), service: z.string().max(100) }),
  mine: (given, { actor, council }) => {
    const period = periodOfId(given.period);
    const service = managedBy(actor, council).find(({ id }) => id === given.service);
    return period !== undefined && service !== undefined && { period, service };
  },
  show: ({ period, service }, _given, turn) => servicePage(period, service, turn),
});

function managedBy(person: Person, council: CouncilContext) {
  return council.organisation.roster.services.filter(({ id }) =>
    mayIn(person, 'read service report', { serviceId: id }, council),
  );
}

/** A page has the way to the other services of its manager. */
async function servicePage(period: Period, { id }: Service, turn: Turn): Promise<CardContent> {
  const input = await readReportInput(period, turn, turn.council.today, turn.council);
  const report = serviceReport(period, input, id);
  if (isRefusal(report)) return noticeCard('The page was not made', report.say);
  return surgeryCard(
    report,
    id,
    managedBy(turn.actor, turn.council).filter((one) => one.id !== id),
  );
}

/** The last month that is counted; until one is, this month. */
async function latestPeriod({ documents, council }: Turn): Promise<Period> {
  const thisMonth = monthOf(council.today);
  for (const back of [0, -1, -2]) {
    const month = shiftMonth(thisMonth, back);
    const cycle = await documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
    if (isCounted(cycle)) return monthlyPeriod(month);
  }
  return monthlyPeriod(thisMonth);
}
