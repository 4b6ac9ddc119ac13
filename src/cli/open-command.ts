import type { Command } from 'commander';
import type { PersonId } from '../practice/base/ids.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { Person } from '../practice/council/organisation.js';
import { dateInWords, timeInWords } from '../practice/council/words.js';
import type { Instant, LocalDate } from '../practice/base/time.js';
import type { Open, OpenItem, OpenKind } from '../practice/process/open/open-item.js';
import { openFor, readOpen, totalsOf, type SeenItem } from '../practice/process/open/seen-by.js';
import { councilOf } from './council-of.js';
import { withName } from './names.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

/** `plr open`: what is open, whatever its month. */
export function addOpenCommand(program: Command): void {
  program
    .command('open')
    .description('what is open, whatever its month, most urgent first')
    .option('--as <PERSON-ID>', 'what this person may see, and which next steps are theirs')
    .action(async (options: { as?: PersonId }, command: Command) => {
      await act(command, (context) => openNow(context, options.as));
    });
}

/** What is open now; of it what one person sees, if they are named. @throws Refused when the roster does not know them. */
export async function openNow(context: Pick<CommandContext, 'foundation'>, as?: PersonId): Promise<Result> {
  const council = councilOf(context);
  const person = as === undefined ? undefined : personOf(as, council);
  const all = await readOpen(context.foundation.services, council);
  const seen =
    person === undefined ? all.map((item) => ({ item, isMine: false })) : openFor(person, all, council);
  const totals = totalsOf(seen.map(({ item }) => item));
  return {
    json: { at: council.now, items: seen.map(inJson), totals },
    lines: [
      seen.length === 0 ? 'Nothing is open.' : `${seen.length} open, most urgent first:`,
      ...seen.map((one) => lineOf(one, council)),
    ],
  };
}

/** @throws Refused when the roster does not know them. */
function personOf(id: PersonId, { organisation }: CouncilContext): Person {
  const person = organisation.people.get(id);
  if (person === undefined)
    throw new Refused(`There is no ${id} in the roster. Give a person_id as people.csv has it.`);
  return person;
}

function inJson({ item, isMine }: SeenItem): OpenItem & { readonly mine: boolean } {
  const { kind, ref, cycle, serviceId, teamId, since, due, overdue, who, reminded }: Open = item;
  const shown = { kind, ref, cycle, serviceId, teamId, since, due, overdue, who, mine: isMine };
  return reminded === undefined ? shown : { ...shown, reminded };
}

const kindWords: Readonly<Record<OpenKind, string>> = {
  'alert-unacknowledged': 'Alert, not acknowledged',
  'alert-not-safe': 'Alert, the child is not safe yet',
  'alert-grip-due': 'Alert, management grip is due',
  'alert-to-close': 'Alert, to be closed',
  'concern-begun': 'Concern begun, not confirmed',
  'message-undelivered': 'Message that reached nobody',
  'review-not-returned': 'Review not returned',
  'moderation-to-do': 'Moderation to do',
  'moderation-to-answer': 'Moderation to answer',
  'moderation-to-settle': 'Moderation to settle',
  action: 'Action',
  'change-to-decide': 'Change to decide',
  'brief-to-approve': 'Brief to approve',
  'meeting-not-discussed': 'Meeting that has not discussed its brief',
  'document-to-attach': 'Document to attach',
  'report-to-sign': 'Report to sign off',
  vacancy: 'Vacant post',
};

function lineOf({ item, isMine }: SeenItem, council: CouncilContext): string {
  const { kind, ref, cycle, serviceId, teamId, since, due, overdue, who } = item;
  const { people, services, teams } = council.organisation;
  const where = teamId === null ? serviceId && withName(serviceId, services) : withName(teamId, teams);
  const day = (at: Instant | LocalDate) => whenInWords(at, council);
  return [
    `${isMine ? '* ' : ''}${kindWords[kind]}`,
    ref ?? cycle,
    where,
    ...(since === null ? [] : [`since ${day(since)}`]),
    ...(due === null ? [] : [`${overdue ? 'overdue since' : 'due'} ${day(due)}`]),
    `with ${who.map((id) => withName(id, people)).join(', ') || 'nobody'}`,
  ]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}

function whenInWords(at: Instant | LocalDate, { timeZone }: CouncilContext): string {
  return at.includes('T') ? timeInWords(at as Instant, timeZone) : dateInWords(at as LocalDate);
}
