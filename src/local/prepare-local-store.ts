import { createFoundation, type Foundation } from '../app.js';
import { readConfig } from '../config.js';
import { readOrganisation } from '../imports/read-organisation.js';
import { issueCycle } from '../practice/cycles/issue-cycle.js';
import { monthlyCycleId } from '../practice/cycles/cycle.js';
import { Fault, isRefusal } from '../practice/errors.js';
import type { House } from '../practice/house.js';
import type { PersonId } from '../practice/ids.js';
import type { Organisation } from '../practice/organisation/organisation.js';
import { monthOf } from '../practice/time.js';
import { choosePersonas, sampleCouncilFolder, type Personas } from './sample-council.js';
import type { Persona, PlaygroundPerson, PlaygroundTeam } from './playgrounds.js';

export interface LocalPersona extends Persona {
  /** For the list that is printed: `gets a PLR and returns it`. */
  readonly does: string;
}

/**
 * Loads the sample council into an empty store, issues the current cycle (both change nothing when they
 * were done before), and says who gets a Playground.
 */
export async function prepareLocalStore(connectionString: string): Promise<readonly LocalPersona[]> {
  const config = readConfig({ PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: connectionString });
  const foundation = await createFoundation(config, { log: () => {} });
  const house = foundation.house() ?? (await loadSampleCouncil(foundation));
  const month = monthOf(house.today);
  const issued = await issueCycle(month, foundation.services, house);
  if (isRefusal(issued)) throw new Fault('no-cycle', issued.say);
  const plan = await foundation.services.plans.read(monthlyCycleId(month));
  const personas = choosePersonas(house.organisation, plan?.drawn ?? []);
  if (personas === undefined) {
    throw new Fault(
      'no-personas',
      'No draw of this month gives four people who could play it together: empty .data and start again.',
    );
  }
  return localPersonas(personas, house.organisation);
}

async function loadSampleCouncil({ rosters, refresh }: Foundation): Promise<House> {
  const read = await readOrganisation(sampleCouncilFolder);
  if ('errors' in read)
    throw new Fault('bad-sample', 'The sample council cannot be read: run "npm run sample".');
  await rosters.replace(read.roster);
  const house = await refresh();
  if (house === undefined)
    throw new Fault('no-roster', 'The sample council was stored but cannot be read back.');
  return house;
}

function localPersonas(personas: Personas, organisation: Organisation): LocalPersona[] {
  const { manager, linkReviewer, teamManager, qaLead } = personas;
  const all = [manager, linkReviewer, teamManager, qaLead, personas.practitioner];
  const others = (of: PersonId) =>
    [...all, ...organisation.people.keys()]
      .filter((id, index, ids) => id !== of && ids.indexOf(id) === index)
      .slice(0, 5)
      .map((id) => playgroundPerson(id, organisation));
  const persona = (key: string, id: PersonId, does: string, team?: PlaygroundTeam): LocalPersona => ({
    key,
    does,
    person: playgroundPerson(id, organisation),
    others: others(id),
    ...(team === undefined ? {} : { team }),
  });
  return [
    persona('manager', manager, 'a manager: has a PLR to do, and returns it'),
    persona('link-reviewer', linkReviewer, 'the link reviewer: moderates, and approves the learning brief'),
    persona(
      'team-manager',
      teamManager,
      'the Team Manager of the allocated team, with its channels: answers to alerts',
      teamOf(teamManager, organisation),
    ),
    persona('qa-lead', qaLead, 'the QA lead: sees how the service is doing, closes alerts, settles grades'),
  ];
}

function playgroundPerson(id: PersonId, organisation: Organisation): PlaygroundPerson {
  const person = organisation.people.get(id);
  if (person === undefined) throw new Fault('no-person', 'A persona is not in the roster.', { id });
  const { name, aadObjectId, email } = person;
  return { id, name, aadObjectId, email };
}

function teamOf(teamManager: PersonId, organisation: Organisation): PlaygroundTeam | undefined {
  const team = organisation.roster.teams.find(({ teamManagerId }) => teamManagerId === teamManager);
  if (team === undefined) return undefined;
  return {
    id: team.teamsTeamId,
    name: team.name,
    // The Playground wants a group id; nothing asks for it.
    aadGroupId: '5a1c0000-0000-4000-8000-0000000000aa',
    meetingChannel: { id: team.meetingChannelId, name: 'Team meeting' },
  };
}
