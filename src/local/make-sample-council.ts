import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cohort } from '../practice/council/organisation.js';
import { sampleCouncilFolder } from './sample-council.js';
import { places } from './sample-names.js';
import { SamplePeople, SampleRandom, type SampleRow } from './sample-people.js';

/**
 * Makes Larkshire, the sample council: `npm run sample` writes its four CSV files, the same bytes each time.
 * The product may be run at any date from 2021 on, so cases open before that and stay open, but for a few.
 */
const seed = 20_220_607;

interface ServicePlan {
  readonly id: string;
  readonly name: string;
  readonly cohorts: readonly Cohort[];
  /** The word after the place in a team's name. */
  readonly teams: string;
}

const services: readonly ServicePlan[] = [
  { id: 'S1', name: 'Family Help', cohorts: ['early-help'], teams: 'Family Help' },
  {
    id: 'S2',
    name: 'Safeguarding East',
    cohorts: ['child-in-need', 'child-protection'],
    teams: 'Safeguarding',
  },
  {
    id: 'S3',
    name: 'Safeguarding West',
    cohorts: ['child-protection', 'child-in-need'],
    teams: 'Safeguarding',
  },
  { id: 'S4', name: 'Children in Care', cohorts: ['child-in-care'], teams: 'Children in Care' },
  { id: 'S5', name: 'Care Experienced', cohorts: ['care-experienced'], teams: 'Care Experienced' },
  {
    id: 'S6',
    name: 'Disabled Children',
    cohorts: ['disability', 'child-in-need'],
    teams: 'Disabled Children',
  },
];
const teamsInService = 4;
const openCases = 1_600;
const closedCases = 140;

const meetingRules: readonly string[] = [
  'DTSTART:20210104T100000 RRULE:FREQ=WEEKLY;BYDAY=MO',
  'DTSTART:20210105T093000\nRRULE:FREQ=WEEKLY;BYDAY=TU',
  'DTSTART:20210106T140000 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
  'DTSTART:20210107T133000\nRRULE:FREQ=WEEKLY;BYDAY=TH',
  'DTSTART:20210108T100000 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
  'DTSTART:20210112T110000 RRULE:FREQ=MONTHLY;BYDAY=2TU',
  'DTSTART:20210113T091500 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
  'DTSTART:20210128T143000\nRRULE:FREQ=MONTHLY;BYDAY=-1TH',
];

export type SampleFile = 'services.csv' | 'teams.csv' | 'people.csv' | 'cases.csv';

/** The four files as text. */
export function makeSampleCouncil(): Readonly<Record<SampleFile, string>> {
  const random = new SampleRandom(seed);
  const people = new SamplePeople(random);
  const seniors = makeSeniors(people);
  const serviceRows = services.map((plan, at) => makeService(plan, at, seniors, people));
  const teamRows = services.flatMap((plan, at) =>
    Array.from({ length: teamsInService }, (_, n) => makeTeam(plan, at * teamsInService + n, people, random)),
  );
  const caseRows = makeCases(people, random);
  return {
    'services.csv': toCsv(serviceRows),
    'teams.csv': toCsv(teamRows),
    'people.csv': toCsv(people.rows),
    'cases.csv': toCsv(caseRows),
  };
}

interface Seniors {
  readonly assistantDirectors: readonly string[];
  readonly headsOfService: readonly string[];
  readonly qaLead: string;
}

/** Eight senior managers who review, and the QA Service with business support, who do not. */
function makeSeniors(people: SamplePeople): Seniors {
  const director = people.add({ role: 'senior-manager' });
  const lineManager = director;
  const assistantDirectors = [1, 2].map(() => people.add({ role: 'senior-manager', lineManager }));
  const headsOfService = [0, 0, 1].map((of) =>
    people.add({ role: 'senior-manager', lineManager: at(assistantDirectors, of) }),
  );
  people.add({ role: 'senior-manager', lineManager });
  people.add({ role: 'senior-manager', lineManager });
  const qaLead = people.add({ role: 'qa-lead', lineManager });
  people.add({ role: 'qa-lead', lineManager: qaLead });
  for (let n = 0; n < 4; n += 1) people.add({ role: 'business-support', lineManager: qaLead });
  return { assistantDirectors, headsOfService, qaLead };
}

/** A service with its link reviewer and two service managers, of whom the first is on the alert ladder. */
function makeService(plan: ServicePlan, place: number, seniors: Seniors, people: SamplePeople): SampleRow {
  const head = Math.floor(place / 2);
  const lineManager = at(seniors.headsOfService, head);
  const serviceManager = people.add({ role: 'manager', service: plan.id, lineManager });
  people.add({ role: 'manager', service: plan.id, lineManager });
  return {
    service_id: plan.id,
    name: plan.name,
    link_reviewer_id: people.add({ role: 'link-reviewer', lineManager: seniors.qaLead }),
    service_manager_id: serviceManager,
    head_of_service_id: lineManager,
    assistant_director_id: at(seniors.assistantDirectors, head < 2 ? 0 : 1),
  };
}

/** A Team Manager, one or two practice managers, eight or nine practitioners: 24, 36 and 200 in all. */
function makeTeam(plan: ServicePlan, place: number, people: SamplePeople, random: SampleRandom): SampleRow {
  const team = `T${String(place + 1).padStart(2, '0')}`;
  const here = { team, service: plan.id };
  const serviceManager = people.rows.find(
    ({ roles, service_id }) => roles === 'manager' && service_id === plan.id,
  );
  const lineManager = people.add({
    role: 'manager',
    ...here,
    lineManager: serviceManager?.['person_id'] ?? '',
  });
  for (let n = 0; n < 1 + (place % 2); n += 1) people.add({ role: 'manager', ...here, lineManager });
  for (let n = 0; n < (place % 3 === 0 ? 9 : 8); n += 1)
    people.add({ role: 'practitioner', ...here, lineManager });
  if (place % 6 === 0) people.add({ role: 'practitioner', ...here, lineManager, until: leftOn });
  const channel = (name: string) => `19:${name}-${random.uuid().replaceAll('-', '')}@thread.tacv2`;
  const general = channel('team');
  return {
    team_id: team,
    service_id: plan.id,
    name: `${at(places, place)} ${plan.teams}`,
    team_manager_id: lineManager,
    teams_team_id: general,
    // The General channel's id is the team's own, in Teams as in the Agents Playground.
    alert_channel_id: general,
    meeting_channel_id: channel('meeting'),
    meeting_rule: at(meetingRules, place % meetingRules.length),
  };
}

/** A few have left, and have only closed cases. */
const leftOn = '2020-09-30';

function makeCases(people: SamplePeople, random: SampleRandom): SampleRow[] {
  const practitioners = people.rows.filter(({ roles }) => roles === 'practitioner');
  const working = practitioners.filter(({ active_until }) => active_until === '');
  const open = Array.from({ length: openCases }, (_, n) =>
    // The first round gives everyone a case; the rest are spread at random.
    makeCase(n < working.length ? at(working, n) : random.pick(working), random.day('2016-01-04', 1_800), ''),
  );
  const closed = Array.from({ length: closedCases }, (_, n) => {
    const openedOn = random.day('2015-01-05', 1_600);
    // One in ten closes while the product runs, so that a case closed after the draw is seen too.
    const closedOn = n % 10 === 0 ? random.day('2021-02-01', 3_000) : random.day('2020-03-01', 300);
    return makeCase(random.pick(n % 10 === 0 ? working : practitioners), openedOn, closedOn);
  });
  const rows = [...open, ...closed].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return rows.map((row, n) => ({ case_ref: `LK${String(100_001 + n * 7)}`, ...row }));

  function makeCase(worker: SampleRow, opened_on: string, closed_on: string): SampleRow {
    const plan = services.find(({ id }) => id === worker['service_id']);
    const cohort = random.pick(plan?.cohorts ?? []);
    return {
      team_id: worker['team_id'] ?? '',
      allocated_worker_id: worker['person_id'] ?? '',
      cohort,
      opened_on,
      closed_on,
    };
  }
}

/** Case numbers follow the order in which cases were opened, as a council's do. */
function order(row: SampleRow): string {
  return `${row['opened_on']} ${row['allocated_worker_id']} ${row['closed_on']}`;
}

function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place];
  if (item === undefined) throw new RangeError(`Nothing at ${place}`);
  return item;
}

function toCsv(rows: readonly SampleRow[]): string {
  const header = Object.keys(at(rows, 0));
  const lines = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(sampleCouncilFolder, { recursive: true });
  for (const [file, text] of Object.entries(makeSampleCouncil())) {
    writeFileSync(join(sampleCouncilFolder, file), text);
  }
}
