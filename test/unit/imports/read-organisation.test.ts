import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrganisation, readOrganisationFiles } from '../../../src/imports/read-organisation.js';
import { Organisation, type Roster } from '../../../src/practice/council/organisation.js';
import { council, places, readCouncil, reasons, smallCouncil, type SmallCouncil } from './small-council.js';

function rosterOf(changed?: SmallCouncil): Roster {
  const read = readCouncil(changed);
  assert.ok('roster' in read, JSON.stringify(read));
  return read.roster;
}

describe('reading an organisation', () => {
  it('makes the roster of the four files', () => {
    const { services, teams, people, cases } = rosterOf();
    assert.deepEqual(services[0], {
      id: 's1',
      name: 'Safeguarding',
      linkReviewerId: 'link',
      serviceManagerId: 'sm',
      headOfServiceId: 'head',
      assistantDirectorId: 'head',
    });
    assert.equal(teams[0]?.meetingRule, 'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYDAY=MO');
    assert.deepEqual(people[2]?.absences, [{ from: '2022-04-04', until: '2022-04-15' }]);
    assert.deepEqual(people[4]?.roles, ['link-reviewer', 'qa-lead']);
    assert.deepEqual(cases[1], {
      ref: 'C/2',
      teamId: 't1',
      allocatedWorkerId: 'sw',
      cohort: 'child-protection',
      openedOn: '2021-02-03',
      closedOn: '2021-05-06',
    });
  });

  it('leaves out what a blank cell does not say', () => {
    assert.deepEqual(Object.keys(rosterOf().people[0] ?? {}), [
      'id',
      'name',
      'email',
      'aadObjectId',
      'roles',
      'activeFrom',
      'absences',
    ]);
  });

  it('reads a BOM, CRLF, blank lines at the end and spaces around cells', () => {
    const crlf = Object.entries(smallCouncil).map(([kind, text]) => [
      kind,
      `\ufeff${text.replaceAll('\n', '\r\n').replaceAll(',t1,', ', t1 ,')}\r\n\r\n,,\r\n`,
    ]);
    assert.deepEqual(rosterOf(Object.fromEntries(crlf) as SmallCouncil), rosterOf());
  });

  it('reads a meeting rule whose two parts stand on two lines', () => {
    const rule = '"DTSTART:20240101T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO"';
    const { teams } = rosterOf(council('teams', /DTSTART.*/, rule));
    assert.equal(teams[0]?.meetingRule, 'DTSTART:20240101T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO');
  });

  it('reads a cohort and a role as people write them', () => {
    assert.equal(
      rosterOf(council('cases', 'child-in-need', 'Child in need')).cases[0]?.cohort,
      'child-in-need',
    );
    assert.deepEqual(rosterOf(council('people', ',senior-manager,', ',Senior Manager,')).people[0]?.roles, [
      'senior-manager',
    ]);
  });

  it('writes Entra ids as Teams does, in lower case', () => {
    const { people } = rosterOf(council('people', '8000-000000000001', '8000-00000000000A'));
    assert.equal(people[0]?.aadObjectId, '00000000-0000-4000-8000-00000000000a');
  });

  it('warns of a column it does not know, and goes on', () => {
    const read = readCouncil({
      cases: smallCouncil.cases
        .replace('cohort,', 'cohort,notes,')
        .replaceAll(/(need|protection),/g, '$1,x,'),
    });
    assert.ok('roster' in read);
    assert.deepEqual(
      read.warnings.map(({ file, line, column }) => ({ file, line, column })),
      [{ file: 'cases.csv', line: 1, column: 'notes' }],
    );
    assert.equal(read.roster.cases.length, 2);
  });

  it('takes a post that nobody holds, and warns who has its work meanwhile', () => {
    const read = readCouncil({
      ...council('services', 'link,sm,head,head', ',,,'),
      ...council('teams', 'Ashmarrow,tm,', 'Ashmarrow,,'),
    });
    assert.ok('roster' in read, JSON.stringify(read));
    assert.deepEqual(Object.keys(read.roster.services[0] ?? {}), ['id', 'name']);
    assert.equal(read.roster.teams[0]?.teamManagerId, undefined);
    assert.deepEqual(
      read.warnings.map(({ file, line, column }) => `${file}:${line} ${column}`),
      [
        'services.csv:2 link_reviewer_id',
        'services.csv:2 service_manager_id',
        'services.csv:2 head_of_service_id',
        'services.csv:2 assistant_director_id',
        'teams.csv:2 team_manager_id',
      ],
    );
    assert.match(read.warnings[4]?.reason ?? '', /the Service Manager has the team’s work/);
  });

  it('reads what somebody is known as and their telephone number, where the file has these columns', () => {
    const people = smallCouncil.people
      .split('\n')
      .map((line, at) =>
        line === '' ? '' : `${line},${['known_as,telephone', 'Alex,01632 960001'][at] ?? ','}`,
      )
      .join('\n');
    const [head, sm] = rosterOf({ people }).people;
    assert.deepEqual([head?.knownAs, head?.telephone], ['Alex', '01632 960001']);
    assert.deepEqual([sm?.knownAs, sm?.telephone], [undefined, undefined]);
    const wrong = readCouncil({ people: people.replace('01632 960001', 'ask Alex') });
    assert.deepEqual(places(wrong), ['people.csv:2 telephone']);
  });

  it('warns of an Entra id that Teams cannot know', () => {
    const read = readCouncil(council('people', '00000000-0000-4000-8000-000000000004', 'sw-id'));
    assert.ok('roster' in read);
    assert.deepEqual(
      read.warnings.map(({ line, column }) => [line, column]),
      [[5, 'aad_object_id']],
    );
  });

  it('reads a folder, and names the files it lacks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roster-'));
    try {
      await writeFile(join(folder, 'people.csv'), smallCouncil.people);
      const read = await readOrganisation(folder);
      assert.deepEqual(places(read), [
        'services.csv:1 service_id',
        'teams.csv:1 team_id',
        'cases.csv:1 case_ref',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that nothing is there when the folder itself is not', async () => {
    assert.equal(reasons(await readOrganisation(join(tmpdir(), 'no-such-council'))).length, 4);
  });
});

describe('an organisation with a mistake', () => {
  const cases: readonly (readonly [rule: string, changed: SmallCouncil, ...at: string[]])[] = [
    ['an empty file', { cases: '' }, 'cases.csv:1 case_ref'],
    ['a file with a header only', { teams: smallCouncil.teams.split('\n')[0] ?? '' }, 'teams.csv:1 team_id'],
    [
      'a UTF-16 file',
      { cases: Buffer.from(`\ufeff${smallCouncil.cases}`, 'utf16le') },
      'cases.csv:1 case_ref',
    ],
    [
      'columns parted by semicolons',
      { cases: smallCouncil.cases.replaceAll(',', ';') },
      'cases.csv:1 case_ref',
    ],
    ['a missing column', council('people', 'line_manager_id', 'boss'), 'people.csv:1 line_manager_id'],
    ['a missing id column', council('people', 'person_id', 'id'), 'people.csv:1 person_id'],
    [
      'a column that is there twice',
      council('cases', 'cohort', 'team_id'),
      'cases.csv:1 team_id',
      'cases.csv:1 cohort',
    ],
    [
      'bytes that are not UTF-8',
      { people: Buffer.from(smallCouncil.people.replace('Social', 'Soci\u00e9'), 'latin1') },
      'people.csv:5 name',
    ],
    ['a control character', council('people', 'Social Worker', 'Social\u0007Worker'), 'people.csv:5 name'],
    [
      'a name turned round unseen',
      council('people', 'Social Worker', 'Social \u202eWorker'),
      'people.csv:5 name',
    ],
    ['an over-long cell', council('people', 'Social Worker', 'x'.repeat(121)), 'people.csv:5 name'],
    ['an empty cell', council('people', 'Social Worker', ''), 'people.csv:5 name'],
    ['an id that cannot be a key', council('teams', 't1,', 't/1,'), 'teams.csv:2 team_id'],
    ['an email address for an id', council('people', 'sw,', 'sw@example.gov.uk,'), 'people.csv:5 person_id'],
    [
      'too few cells',
      council('cases', 'child-in-need,2021-02-03,', 'child-in-need'),
      'cases.csv:2 opened_on',
    ],
    ['too many cells', council('people', 'Social Worker', 'Worker, Social'), 'people.csv:5 absences'],
    ['a quote in a bare cell', council('cases', 'child-in-need', 'child"in-need'), 'cases.csv:2 cohort'],
    ['text after a closing quote', council('cases', 'child-in-need', '"child"in-need'), 'cases.csv:2 cohort'],
    ['a quote that is never closed', council('cases', 'child-protection', '"child'), 'cases.csv:3 cohort'],
    [
      'a quote that is never closed in the header',
      council('cases', 'team_id', '"team_id'),
      'cases.csv:1 case_ref',
    ],
    [
      'a service id used twice',
      { services: `${smallCouncil.services}s1,Other,link,sm,head,head\n` },
      'services.csv:3 service_id',
    ],
    [
      'a team id used twice',
      { teams: smallCouncil.teams + (smallCouncil.teams.split('\n')[1] ?? '') },
      'teams.csv:3 team_id',
    ],
    [
      'a person id used twice',
      council('people', 'sw,', 'tm,'),
      'people.csv:5 person_id',
      'cases.csv:2 allocated_worker_id',
      'cases.csv:3 allocated_worker_id',
    ],
    ['a case used twice', council('cases', 'C/2', 'C/1'), 'cases.csv:3 case_ref'],
    ['an email used twice', council('people', 'sw@', 'TM@'), 'people.csv:5 email'],
    [
      'an Entra id used twice',
      council('people', '000000000004', '000000000003'),
      'people.csv:5 aad_object_id',
    ],
    ['something that is no email', council('people', 'sw@', 'sw at '), 'people.csv:5 email'],
    ['an unknown role', council('people', 'practitioner', 'social-worker'), 'people.csv:5 roles'],
    ['an unknown cohort', council('cases', 'child-in-need', 'cin'), 'cases.csv:2 cohort'],
    ['a date that is not one', council('cases', '2021-02-03,\n', '2021-02-30,\n'), 'cases.csv:2 opened_on'],
    [
      'a date the wrong way round',
      council('people', '2025-12-31', '31/12/2025'),
      'people.csv:5 active_until',
    ],
    ['until before from', council('people', '2025-12-31', '2018-12-31'), 'people.csv:5 active_until'],
    ['closed before opened', council('cases', '2021-05-06', '2021-02-02'), 'cases.csv:3 closed_on'],
    [
      'an absence of one date',
      council('people', '2022-04-04/2022-04-15', '2022-04-04'),
      'people.csv:4 absences',
    ],
    [
      'an absence the wrong way round',
      council('people', '2022-04-04/2022-04-15', '2022-04-15/2022-04-04'),
      'people.csv:4 absences',
    ],
    ['a bad meeting rule', council('teams', /DTSTART.*/, 'Mondays at ten'), 'teams.csv:2 meeting_rule'],
    ['an unknown link reviewer', council('services', 'link,', 'nobody,'), 'services.csv:2 link_reviewer_id'],
    [
      'a link reviewer without the role',
      council('services', 'link,', 'tm,'),
      'services.csv:2 link_reviewer_id',
    ],
    [
      'an unknown service manager',
      council('services', 'sm,', 'nobody,'),
      'services.csv:2 service_manager_id',
    ],
    [
      'an unknown head of service',
      council('services', 'head,', 'nobody,'),
      'services.csv:2 head_of_service_id',
    ],
    [
      'an unknown assistant director',
      council('services', 'head\n', 'nobody\n'),
      'services.csv:2 assistant_director_id',
    ],
    ['a team of an unknown service', council('teams', 's1,', 's9,'), 'teams.csv:2 service_id'],
    ['a Team Manager without the role', council('teams', 'tm,', 'sw,'), 'teams.csv:2 team_manager_id'],
    [
      'a person of an unknown team',
      council('people', 'practitioner,t1', 'practitioner,t9'),
      'people.csv:5 team_id',
    ],
    [
      'a person of an unknown service',
      council('people', 'practitioner,t1,s1', 'practitioner,t1,s9'),
      'people.csv:5 service_id',
    ],
    ['an unknown line manager', council('people', 's1,tm', 's1,nobody'), 'people.csv:5 line_manager_id'],
    [
      'a practitioner without a team',
      council('people', 'practitioner,t1', 'practitioner,'),
      'people.csv:5 team_id',
    ],
    [
      'a practitioner without a service',
      council('people', 'practitioner,t1,s1', 'practitioner,t1,'),
      'people.csv:5 service_id',
    ],
    ['a manager without a service', council('people', 'manager,,s1', 'manager,,'), 'people.csv:3 service_id'],
    ['a case of an unknown team', council('cases', 't1,', 't9,'), 'cases.csv:2 team_id'],
    ['a case with an unknown worker', council('cases', 'sw,', 'nobody,'), 'cases.csv:2 allocated_worker_id'],
    [
      'a case of someone who is no practitioner',
      council('cases', 'sw,', 'tm,'),
      'cases.csv:2 allocated_worker_id',
    ],
  ];

  for (const [rule, changed, ...at] of cases) {
    it(`is refused, and the place named, for ${rule}`, () => {
      const read = readCouncil(changed);
      assert.deepEqual(places(read), at, JSON.stringify(read));
      for (const reason of reasons(read)) assert.match(reason, /^[^\s].*\.$/);
    });
  }

  it('names every mistake of every file at once', () => {
    const read = readCouncil({
      ...council('services', 'link,', 'nobody,'),
      ...council('teams', /DTSTART.*/, 'Mondays'),
      ...council('people', 'sw@larkshire.example', 'sw'),
      ...council('cases', /child-in-need,2021-02-03/, 'cin,soon'),
    });
    assert.deepEqual(places(read), [
      'services.csv:2 link_reviewer_id',
      'teams.csv:2 meeting_rule',
      'people.csv:5 email',
      'cases.csv:2 cohort',
      'cases.csv:2 opened_on',
    ]);
  });

  it('still looks at the rules between rows for the good cells of a bad row', () => {
    const read = readCouncil(council('cases', 't1,sw,child-in-need', 't9,tm,cin'));
    assert.deepEqual(places(read), [
      'cases.csv:2 team_id',
      'cases.csv:2 allocated_worker_id',
      'cases.csv:2 cohort',
    ]);
  });

  it('does not call a person unknown when people.csv could not be read', () => {
    const bytes = {
      services: Buffer.from(smallCouncil.services),
      teams: Buffer.from(smallCouncil.teams),
      cases: Buffer.from(smallCouncil.cases),
    };
    assert.deepEqual(places(readOrganisationFiles(bytes)), ['people.csv:1 person_id']);
  });

  it('says on which line a repeated id was seen first, and never the value of a case', () => {
    const [reason] = reasons(readCouncil(council('cases', 'C/2', 'C/1')));
    assert.equal(
      reason,
      'Another line has this case reference. Keep one line for each case. It is on line 2 already.',
    );
  });
});

describe('a large organisation', () => {
  it('is read whole: 10,000 people and 100,000 cases', () => {
    const workers = Array.from({ length: 10_000 }, (_, n) => n);
    const people = workers.map(
      (n) => `w${n},Worker ${n},w${n}@larkshire.example,w-${n},practitioner,t1,s1,tm,2019-01-01,,\n`,
    );
    const rows = Array.from(
      { length: 100_000 },
      (_, n) => `L${n},t1,w${n % 10_000},disability,2020-01-0${(n % 9) + 1},\n`,
    );
    const roster = rosterOf({
      people: smallCouncil.people + people.join(''),
      cases: smallCouncil.cases + rows.join(''),
    });
    assert.equal(new Organisation(1, roster).cases.size, 100_002);
  });
});
