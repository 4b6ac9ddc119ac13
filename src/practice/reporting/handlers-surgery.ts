import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import { isRefusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Command, Turn } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
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
      : servicePage(period, first.id, turn);
  },
};

export const showService: ActionHandler = async (data, turn) => {
  const read = z.object({ period: z.string().max(20), service: z.string().max(100) }).safeParse(data);
  const period = read.success ? periodOfId(read.data.period) : undefined;
  return period === undefined || !read.success ? notYours() : servicePage(period, read.data.service, turn);
};

function managedBy(person: Person, council: CouncilContext) {
  return council.organisation.roster.services.filter(({ id }) =>
    mayIn(person, 'read service report', { serviceId: id }, council),
  );
}

async function servicePage(period: Period, serviceId: string, turn: Turn): Promise<CardContent> {
  const own = managedBy(turn.actor, turn.council);
  const service = own.find(({ id }) => id === serviceId);
  if (service === undefined) return notYours();
  const input = await readReportInput(period, turn, turn.council.today, turn.council);
  const report = serviceReport(period, input, service.id);
  if (isRefusal(report)) return noticeCard('The page was not made', report.say);
  return surgeryCard(
    report,
    service.id,
    own.filter((one) => one !== service),
  );
}

function notYours(): CardContent {
  return noticeCard('This is for its service manager', 'Each service manager sees their own service.');
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
