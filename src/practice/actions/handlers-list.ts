import { mayIn, servicesFor } from '../council/access.js';
import { nothingHere } from '../surface/help.js';
import { councilPress } from '../surface/press.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { gradesBlind } from '../plr/grades-blind.js';
import type { Person } from '../council/organisation.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { dateInWords, personName, teamName } from '../council/words.js';
import { actionsByUrgency, findActions, isSelected, type ActionLine } from './find-actions.js';
import { everyOne, listAsked, type ListAsked, type ActionScope, type Selection } from './read-list.js';
import { rag, ragColour, ragInWords } from './rag.js';

/** Eight rows need little scrolling on a phone, and keep the card far under 25 KB. */
export const rowsOnAPage = 8;
const whatLength = 160;

export const actionCommands: readonly Command[] = [
  command('mine', ['my actions'], 'the actions that you own'),
  command(
    'team',
    ['my team’s actions', 'my team s actions', 'my teams actions', 'team actions'],
    'how the actions of your team stand',
  ),
  command('all', ['all actions'], 'every action you look after, by service and team'),
];

function command(scope: ActionScope, words: readonly string[], does: string): Command {
  return {
    words,
    does,
    for: (actor, council) => scope === 'mine' || reach(scope, actor, council) !== undefined,
    answer: (turn) => listCard({ scope, show: 'open', service: everyOne, team: everyOne, page: 0 }, turn),
  };
}

/** A button of the list: the same list with another filter, or another page. */
export const showList = councilPress({
  reads: listAsked,
  mine: ({ scope }, { actor, council }) => reach(scope, actor, council),
  show: (_theirs, asked, turn) => listCard(asked, turn),
});

/** Chooses from the figures, and reads only the PLRs of one page for their words. */
export async function listCard(asked: ListAsked, turn: Turn): Promise<CardContent> {
  const { actor, council } = turn;
  const isTheirs = reach(asked.scope, actor, council);
  if (isTheirs === undefined) return nothingHere();
  const theirs = (await findActions(turn)).filter(isTheirs);
  const found = theirs.filter((line) => isWanted(line, asked, council)).sort(actionsByUrgency);
  const pages = Math.max(1, Math.ceil(found.length / rowsOnAPage));
  const page = Math.min(asked.page, pages - 1);
  const rows = found.slice(page * rowsOnAPage, (page + 1) * rowsOnAPage);
  const here = { ...asked, page };
  const choosable = filters(asked, theirs, council);
  const words = await Promise.all(rows.map((line) => whatOf(line, turn)));
  return {
    template: 'action/list',
    summary: 'Actions',
    data: {
      title: titles[asked.scope],
      count: countInWords(found.length, page, pages),
      rows: rows.map((line, index) => rowOf(line, words[index] ?? '', here, council)),
      ...choosable,
      ...asked,
      filter: {
        scope: asked.scope,
        page: 0,
        // What the card does not let them choose stays as it is.
        ...(choosable.choosesService ? {} : { service: asked.service }),
        ...(choosable.choosesTeam ? {} : { team: asked.team }),
      },
      hasPrevious: page > 0,
      hasNext: page < pages - 1,
      previous: { ...asked, page: page - 1 },
      next: { ...asked, page: page + 1 },
    },
  };
}

const titles: Readonly<Record<ActionScope, string>> = {
  mine: 'Your actions',
  team: 'Your team’s actions',
  all: 'All actions',
};

/** Which lines a person may list; undefined when the list is not for them. */
export function reach(
  scope: ActionScope,
  actor: Person,
  council: CouncilContext,
): ((line: ActionLine) => boolean) | undefined {
  switch (scope) {
    case 'mine':
      return ({ ownerId }) => ownerId === actor.id;
    case 'team': {
      const teams = council.organisation.roster.teams
        .map(({ id }) => id)
        .filter((teamId) => mayIn(actor, 'list team actions', { teamId }, council));
      return teams.length === 0 ? undefined : ({ teamId }) => teams.includes(teamId);
    }
    case 'all': {
      const services = servicesFor(actor, 'list all actions', council);
      const isShown = (line: ActionLine) =>
        line.origin === 'review' || !gradesBlind(actor, line.plr, council);
      return services.length === 0 ? undefined : (line) => services.includes(line.serviceId) && isShown(line);
    }
  }
}

function isWanted(line: ActionLine, { show, service, team }: ListAsked, council: CouncilContext): boolean {
  return (
    isSelected(line, show, council) &&
    (service === everyOne || line.serviceId === service) &&
    (team === everyOne || line.teamId === team)
  );
}

async function whatOf({ cycleId, ref, id }: ActionLine, { documents }: Turn): Promise<string> {
  const plr = await documents.read(plrKind, plrKey(cycleId, ref));
  const what = plr?.actions.find((action) => action.id === id)?.what ?? 'The text is no longer kept here.';
  return what.length > whatLength ? `${what.slice(0, whatLength).trimEnd()}…` : what;
}

function rowOf(line: ActionLine, what: string, back: ListAsked, council: CouncilContext) {
  const is = rag(line, council.today, council.holidays);
  return {
    what,
    status: ragInWords(is),
    colour: ragColour(is),
    detail: `${personName(line.ownerId, council)}, ${teamName(line.teamId, council)}. Due ${dateInWords(line.dueOn)}.`,
    open: `Open ${line.id}`,
    data: { cycle: line.cycleId, ref: line.ref, action: line.id, back },
  };
}

const selectionTitles: readonly (readonly [Selection, string])[] = [
  ['open', 'Open'],
  ['overdue', 'Overdue'],
  ['to-verify', 'Done, waiting to be verified'],
  ['verified', 'Verified'],
  ['cannot-be-done', 'Cannot be done'],
  ['every', 'Every state'],
];

/** Only services and teams that have an action in this list are offered. */
function filters({ scope }: ListAsked, lines: readonly ActionLine[], { organisation }: CouncilContext) {
  const services = choices('All services', lines, ({ serviceId }) => serviceId, organisation.services);
  const teams = choices('All teams', lines, ({ teamId }) => teamId, organisation.teams);
  return {
    states: selectionTitles.map(([value, title]) => ({ value, title })),
    services,
    teams,
    choosesService: scope === 'all' && services.length > 2,
    choosesTeam: scope !== 'mine' && teams.length > 2,
  };
}

function choices<Id extends string>(
  all: string,
  lines: readonly ActionLine[],
  idOf: (line: ActionLine) => Id,
  named: ReadonlyMap<Id, { readonly name: string }>,
) {
  const found = [...new Set(lines.map(idOf))].map((id) => ({ value: id, title: named.get(id)?.name ?? id }));
  return [{ value: everyOne, title: all }, ...found.sort((a, b) => (a.title < b.title ? -1 : 1))];
}

function countInWords(count: number, page: number, pages: number): string {
  if (count === 0) return 'There is nothing to show.';
  const actions = count === 1 ? '1 action' : `${count} actions`;
  return pages === 1 ? actions : `${actions}, page ${page + 1} of ${pages}`;
}
