import { InvalidArgumentError, Option, type Command } from 'commander';
import { explain } from './explain-command.js';
import { cycleKinds } from '../practice/plr/cycle-kind.js';
import { issue, plan, type IssueOptions } from './issue-commands.js';
import { parseCycleId } from '../practice/plr/cycle.js';
import type { StatusLine } from '../practice/cycles/status.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import { closesAtOf } from '../practice/cycles/closing-time.js';
import { closeCycleNow, reopenCycleNow, type ReopenOptions } from './closing-commands.js';
import { readStatus, type KnownStatus } from '../practice/cycles/read-status.js';
import { isRefusal } from '../practice/base/errors.js';
import type { CycleId } from '../practice/base/ids.js';
import { shareInWords } from '../practice/base/statistics/proportion.js';
import { localDate, month, type LocalDate, type Month } from '../practice/base/time.js';
import { councilOf } from './council-of.js';
import { withName } from './names.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

const cycleArgumentIs = 'a month as YYYY-MM, or the id of a Practice Week or thematic review';

/** `plr cycle`: plan, issue, status, close, reopen, explain. */
export function addCycleCommands(program: Command): void {
  const cycle = program.command('cycle').description('a month of PLRs');
  cycle
    .command('plan')
    .argument('<YYYY-MM>', 'the month', monthArgument)
    .description('the draw, as a dry run')
    .action(async (of: Month, _options: unknown, command: Command) => {
      await act(command, (context) => plan(context, of));
    });
  cycle
    .command('issue')
    .argument('<YYYY-MM>', 'the month', monthArgument)
    .addOption(new Option('--kind <KIND>', 'what kind of cycle').choices(cycleKinds).default('monthly'))
    .option('--topic <words>', 'what it looks at, such as care-experienced (not monthly)')
    .option('--from <YYYY-MM-DD>', 'its first day (not monthly)', dateArgument)
    .option('--until <YYYY-MM-DD>', 'the day it is due (not monthly)', dateArgument)
    .option('--cohort <cohorts...>', 'which cohorts to draw from; default all (not monthly)')
    .option('--reviewers <people...>', 'ids of who reviews, peers too; default every manager (not monthly)')
    .description('draw, and hand every manager one PLR; running it again changes nothing')
    .action(async (of: Month, options: IssueOptions, command: Command) => {
      await act(command, (context) => issue(context, of, options));
    });
  cycle
    .command('status')
    .argument('<CYCLE>', cycleArgumentIs, cycleArgument)
    .description('what was sent, returned, moderated and alerted, by service')
    .action(async (id: CycleId, _options: unknown, command: Command) => {
      await act(command, (context) => status(context, id));
    });
  cycle
    .command('close')
    .argument('<CYCLE>', cycleArgumentIs, cycleArgument)
    .description('take no more returns: what was not returned is then not returned')
    .action(async (id: CycleId, _options: unknown, command: Command) => {
      await act(command, (context) => closeCycleNow(context, id));
    });
  cycle
    .command('reopen')
    .argument('<CYCLE>', cycleArgumentIs, cycleArgument)
    .requiredOption('--until <YYYY-MM-DD>', 'the last day on which it takes returns', dateArgument)
    .option('--reason <words>', 'why it is opened again, for the QA lead to read', 'by an operator')
    .description('take returns again until that day')
    .action(async (id: CycleId, options: ReopenOptions, command: Command) => {
      await act(command, (context) => reopenCycleNow(context, id, options));
    });
  cycle
    .command('explain')
    .argument('<PLR-REF>', 'such as PLR-7K3M2Q; or, with --cycle, the id of a manager')
    .option('--cycle <CYCLE>', 'the cycle in which to look for a manager', cycleArgument)
    .description('why this manager has this case, or none')
    .action(async (ref: string, { cycle }: { cycle?: CycleId }, command: Command) => {
      await act(command, (context) => explain(context, ref, cycle));
    });
}

export function monthArgument(text: string): Month {
  try {
    return month(text);
  } catch {
    throw new InvalidArgumentError('A month is written as YYYY-MM, such as 2022-04.');
  }
}

export function cycleArgument(text: string): CycleId {
  const name = parseCycleId(text);
  if (name === undefined)
    throw new InvalidArgumentError(
      'A cycle is a month such as 2022-04, or 2022-07-practice-week-care-experienced.',
    );
  return name.id;
}

function dateArgument(text: string): LocalDate {
  try {
    return localDate(text);
  } catch {
    throw new InvalidArgumentError('A date is written as YYYY-MM-DD, such as 2022-07-04.');
  }
}

/** An imported month was never open here. */
function stateOf(
  { cycle, lastDueOn }: KnownStatus,
  council: CouncilContext,
): { state: 'running' | 'closed' | 'imported'; closesAt?: string; closedAt?: string } {
  if (cycle === undefined) return { state: 'imported' };
  if (cycle.state === 'closed') return { state: 'closed', closedAt: cycle.closedAt };
  const closesAt = closesAtOf(cycle, council, lastDueOn);
  return { state: 'running', ...(closesAt === undefined ? {} : { closesAt }) };
}

async function status(context: CommandContext, id: CycleId): Promise<Result> {
  const council = councilOf(context);
  const { people, services } = council.organisation;
  const known = await readStatus(id, context.foundation.services, council);
  if (isRefusal(known)) throw new Refused(known.say);
  const { status: found } = known;
  return {
    json: { cycle: id, ...stateOf(known, council), ...found },
    lines: [
      statusLine(id, found),
      ...found.services.map((one) =>
        statusLine(
          one.serviceId === null ? 'no service (senior managers)' : withName(one.serviceId, services),
          one,
        ),
      ),
      ...found.notDelivered.map(
        ({ ref, managerId, reason }) => `undeliverable: ${ref} to ${withName(managerId, people)}: ${reason}`,
      ),
      ...found.disagreements,
    ],
  };
}

function statusLine(of: string, one: StatusLine): string {
  const { sent, exempt, returnedByService, completedByQa, late, overdue, undeliverable, moderation, alerts } =
    one;
  return [
    `${of}: sent ${sent} (${exempt} exempt)`,
    `returned by service ${shareInWords(returnedByService, sent)}`,
    `completed by QA ${shareInWords(completedByQa, sent)}`,
    `late ${late}`,
    `overdue ${overdue}`,
    `undeliverable ${undeliverable}`,
    `moderated ${moderation.completed} of ${moderation.required} required (${moderation.drawn} drawn, ${moderation.overdue} overdue)`,
    `alerts open ${alerts.open}, acknowledged ${alerts.acknowledged}, breached ${alerts.breached}`,
  ].join(', ');
}
