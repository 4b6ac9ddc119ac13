import { createFoundation, type Foundation } from '../foundation.js';
import { readConfig } from '../config.js';
import { readOrganisation } from '../imports/read-organisation.js';
import { issueCycle } from '../practice/cycles/jobs-issue.js';
import { monthlyCycleId } from '../practice/plr/cycle.js';
import { Fault, isRefusal } from '../practice/base/errors.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { PersonId } from '../practice/base/ids.js';
import type { Organisation } from '../practice/council/organisation.js';
import { monthOf } from '../practice/base/time.js';
import { choosePersonas, sampleCouncilFolder, type PersonaKey, type Personas } from './sample-council.js';
import type { Persona, PlaygroundPerson, PlaygroundTeam } from './playgrounds.js';

export interface LocalPersona extends Persona {
  /** For the list that is printed: `gets a PLR and returns it`. */
  readonly does: string;
}

/**
 * Loads the sample council into an empty store, issues the current cycle (both change nothing when they
 * were done before), and says who these personas are.
 */
export async function prepareLocalStore(
  connectionString: string,
  keys: readonly PersonaKey[],
): Promise<readonly LocalPersona[]> {
  const config = readConfig({ PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: connectionString });
  const foundation = await createFoundation(config);
  const council = foundation.council() ?? (await loadSampleCouncil(foundation));
  const month = monthOf(council.today);
  const issued = await issueCycle(month, foundation.services, council);
  if (isRefusal(issued)) throw new Fault('no-cycle', issued.say);
  const plan = await foundation.services.plans.read(monthlyCycleId(month));
  const personas = choosePersonas(council.organisation, plan?.drawn ?? []);
  if (personas === undefined) {
    throw new Fault(
      'no-personas',
      'No draw of this month gives people who could play it together: empty .data and start again.',
    );
  }
  return keys.map((key) => localPersona(key, personas, council.organisation));
}

async function loadSampleCouncil({ rosters, refresh }: Foundation): Promise<CouncilContext> {
  const read = await readOrganisation(sampleCouncilFolder);
  if ('errors' in read)
    throw new Fault('bad-sample', 'The sample council cannot be read: run "npm run sample".');
  await rosters.replace(read.roster);
  const council = await refresh();
  if (council === undefined)
    throw new Fault('no-roster', 'The sample council was stored but cannot be read back.');
  return council;
}

const does: Readonly<Record<PersonaKey, string>> = {
  manager: 'a manager: has a PLR to do, and returns it',
  practitioner: 'the practitioner whose case it is: takes part',
  'link-reviewer': 'the link reviewer: moderates, and approves the learning brief',
  'team-manager': 'the Team Manager of the allocated team, with its channels: answers to alerts',
  'qa-lead': 'the QA lead: sees how the service is doing, closes alerts, settles grades',
  'service-manager': 'the Service Manager: is told of an alert at 4 hours',
  'head-of-service': 'the Head of Service: is told of an alert at 12 hours',
  'assistant-director': 'the Assistant Director: is told of an alert at 20 hours',
};

function localPersona(key: PersonaKey, personas: Personas, organisation: Organisation): LocalPersona {
  const id = personas[key];
  const known = [...Object.values(personas), ...organisation.people.keys()];
  const others = known.filter((one, index) => one !== id && known.indexOf(one) === index).slice(0, 5);
  const team = key === 'team-manager' ? teamOf(id, organisation) : undefined;
  return {
    key,
    does: does[key],
    person: playgroundPerson(id, organisation),
    others: others.map((one) => playgroundPerson(one, organisation)),
    ...(team === undefined ? {} : { team }),
  };
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
    // The Playground wants a group id, but never uses it.
    aadGroupId: '5a1c0000-0000-4000-8000-0000000000aa',
    meetingChannel: { id: team.meetingChannelId, name: 'Team meeting' },
  };
}
