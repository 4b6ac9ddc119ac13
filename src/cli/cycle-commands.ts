import { InvalidArgumentError, type Command } from 'commander';
import { explainDraw } from '../practice/cycles/explain-draw.js';
import { parsePlrRef } from '../practice/cycles/plr-ref.js';
import { issueCycle, previewDraw } from '../practice/cycles/issue-cycle.js';
import { explainModeration } from '../practice/moderation/explain-moderation.js';
import { parseCycleId } from '../practice/cycles/cycle.js';
import type { StatusLine } from '../practice/cycles/cycle-status.js';
import { readStatus } from '../practice/cycles/read-status.js';
import { isRefusal } from '../practice/errors.js';
import type { House } from '../practice/house.js';
import type { CycleId } from '../practice/ids.js';
import { shareInWords } from '../practice/reporting/proportion.js';
import { plrKey } from '../practice/plr.js';
import { plrKind } from '../practice/plr-kind.js';
import { month, type Month } from '../practice/time.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

/** `plr cycle`: plan, issue, status, explain. */
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
    .description('draw, and hand every manager one PLR; running it again changes nothing')
    .action(async (of: Month, _options: unknown, command: Command) => {
      await act(command, (context) => issue(context, of));
    });
  cycle
    .command('status')
    .argument('<CYCLE>', 'a month as YYYY-MM, or the id of a Practice Week or thematic review', cycleArgument)
    .description('what was sent, returned, moderated and alerted, by service')
    .action(async (id: CycleId, _options: unknown, command: Command) => {
      await act(command, (context) => status(context, id));
    });
  cycle
    .command('explain')
    .argument('<PLR-REF>', 'such as PLR-7K3M2Q')
    .description('why this manager has this case')
    .action(async (ref: string, _options: unknown, command: Command) => {
      await act(command, (context) => explain(context, ref));
    });
}

export function monthArgument(text: string): Month {
  try {
    return month(text);
  } catch {
    throw new InvalidArgumentError('A month is written as YYYY-MM, such as 2022-04.');
  }
}

function cycleArgument(text: string): CycleId {
  const name = parseCycleId(text);
  if (name === undefined)
    throw new InvalidArgumentError(
      'A cycle is a month such as 2022-04, or 2022-07-practice-week-care-experienced.',
    );
  return name.id;
}

/** The council as it is. @throws Refused before the first import. */
export function houseOf({ foundation }: CommandContext): House {
  const house = foundation.house();
  if (house === undefined)
    throw new Refused('There is no roster yet: import one with "plr import org FOLDER".');
  return house;
}

async function plan(context: CommandContext, of: Month): Promise<Result> {
  const draw = await previewDraw(of, context.foundation.services, houseOf(context));
  const { drawn, unplaced, notAsked, coverage } = draw;
  return {
    json: {
      cycle: of,
      drawn: drawn.map(({ managerId, caseRef, practitionerId, teamId, serviceId }) => ({
        managerId,
        caseRef,
        practitionerId,
        teamId,
        serviceId,
      })),
      unplaced,
      notAsked,
      coverage,
    },
    lines: [`${drawn.length} drawn, ${unplaced.length} without a fair case, ${notAsked.length} not asked`],
  };
}

async function issue(context: CommandContext, of: Month): Promise<Result> {
  const { services, wakes } = context.foundation;
  const issued = await issueCycle(of, services, houseOf(context));
  if (isRefusal(issued)) throw new Refused(issued.say);
  if (issued.created > 0) await wakes.wake(of);
  const { cycle, created } = issued;
  return {
    json: {
      cycle: cycle.id,
      issued: cycle.issued,
      created,
      unplaced: cycle.unplaced.length,
      coverage: cycle.coverage,
    },
    lines: [
      created === 0
        ? `The cycle ${cycle.id} was issued before: nothing was changed.`
        : `${created} PLRs issued for ${cycle.id}.`,
      ...(cycle.unplaced.length > 0 ? [`${cycle.unplaced.length} managers have no fair case.`] : []),
    ],
  };
}

async function status(context: CommandContext, id: CycleId): Promise<Result> {
  const known = await readStatus(id, context.foundation.services, houseOf(context));
  if (isRefusal(known)) throw new Refused(known.say);
  const { status: found } = known;
  return {
    json: { cycle: id, state: known.cycle?.state ?? 'imported', ...found },
    lines: [
      statusLine(id, found),
      ...found.services.map((one) => statusLine(one.serviceId ?? 'no service (senior managers)', one)),
      ...found.notDelivered.map(
        ({ ref, managerId, reason }) => `undeliverable: ${ref} to ${managerId}: ${reason}`,
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
    `moderated ${moderation.completed} of ${moderation.required} required (${moderation.drawn} drawn)`,
    `alerts open ${alerts.open}, acknowledged ${alerts.acknowledged}, breached ${alerts.breached}`,
  ].join(', ');
}

async function explain({ foundation }: CommandContext, text: string): Promise<Result> {
  const ref = parsePlrRef(text);
  if (ref === undefined) throw new Refused(`"${text}" is not a PLR reference: it reads like PLR-7K3M2Q.`);
  const cycleId = await foundation.services.references.cycleOf(ref);
  const plr =
    cycleId === undefined
      ? undefined
      : await foundation.services.documents.read(plrKind, plrKey(cycleId, ref));
  if (plr === undefined) throw new Refused(`There is no PLR ${ref}.`);
  const sentences = [...explainDraw(plr.draw), ...explainModeration(plr.moderation)];
  return { json: { ref, cycle: cycleId, manager: plr.managerId, why: sentences }, lines: sentences };
}
