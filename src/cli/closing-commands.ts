import { closeNow, reopenNow } from '../practice/cycles/jobs-closing.js';
import { readStatus } from '../practice/cycles/read-status.js';
import { isRefusal } from '../practice/base/errors.js';
import type { CycleId } from '../practice/base/ids.js';
import type { LocalDate } from '../practice/base/time.js';
import { dateInWords } from '../practice/council/words.js';
import { councilOf } from './council-of.js';
import { Refused, type CommandContext, type Result } from './run.js';

export interface ReopenOptions {
  readonly until: LocalDate;
  readonly reason: string;
}

/** `plr cycle close`: closing a closed one changes nothing. */
export async function closeCycleNow(context: CommandContext, id: CycleId): Promise<Result> {
  const { services } = context.foundation;
  const closed = await closeNow(id, 'operator', services, councilOf(context));
  const wasClosed = isRefusal(closed) && closed.refused === 'closed-already';
  if (isRefusal(closed) && !wasClosed) throw new Refused(sayOf(closed, id));
  const notReturned = await countOf(context, id);
  return {
    json: { cycle: id, state: 'closed', changed: !wasClosed, notReturned },
    lines: [
      wasClosed
        ? `The cycle ${id} was closed already: nothing was changed.`
        : `The cycle ${id} is closed: ${notReturned} not returned.`,
    ],
  };
}

/** `plr cycle reopen`: what was not returned goes back to its managers. */
export async function reopenCycleNow(
  context: CommandContext,
  id: CycleId,
  { until, reason }: ReopenOptions,
): Promise<Result> {
  const { services } = context.foundation;
  const how = { by: 'operator', until, reason } as const;
  const opened = await reopenNow(id, how, services, councilOf(context));
  if (isRefusal(opened)) throw new Refused(sayOf(opened, id));
  const notReturned = await countOf(context, id);
  return {
    json: { cycle: id, state: 'running', until, notReturned },
    lines: [
      `The cycle ${id} takes returns again until ${dateInWords(until)}: ${notReturned} not returned so far.`,
    ],
  };
}

function sayOf({ refused, say }: { readonly refused: string; readonly say: string }, id: CycleId): string {
  return refused === 'missing' ? `The cycle ${id} has not been issued: there is nothing to close.` : say;
}

async function countOf(context: CommandContext, id: CycleId): Promise<number> {
  const known = await readStatus(id, context.foundation.services, councilOf(context));
  return isRefusal(known) ? 0 : known.status.notReturned;
}
