import assert from 'node:assert/strict';
import {
  mayIn,
  servicesFor,
  capacities,
  capacitiesIn,
  whoMayIn,
  wholeCouncil,
  type ActIn,
  type Part,
  type Capacity,
} from '../../../../src/practice/council/access.js';
import { may, capacitiesOf, whoMay, type Act } from '../../../../src/practice/plr/plr-access.js';
import type { PersonId, ServiceId, TeamId } from '../../../../src/practice/base/ids.js';
import type { Person, Roster } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const id = (text: string) => text as PersonId;
const moderation = (state: 'drawn' | 'graded') => ({ state, moderatorId: id('care-reviewer') }) as never;

/** What the council agreed, written out a second time: a role added to an act in the code fails here. */
const expected: Readonly<Record<Act, readonly Capacity[]>> = {
  // The practitioner and the manager, each their own part (docs/domain.md, 4.2).
  'assess own practice': ['practitioner'],
  'fill in review': ['author', 'qa-completer'],
  'ask for a change': ['author'],
  'decide a change': ['qa-lead'],
  'read review': ['author', 'moderator', 'qa-lead'],
  // What was found is shared with those whose practice it is about (docs/domain.md, 4.2).
  'read shared review': ['practitioner', 'team-manager'],
  // The team that has the child answers an alert; only the QA lead closes one (docs/domain.md, 4.3).
  'oversee alert': ['qa-lead'],
  'acknowledge alert': ['practitioner', 'team-manager'],
  'record management grip': ['team-manager'],
  // The team does what was agreed, the QA Service verifies it (docs/domain.md, 4.7, 4.8).
  'update action': ['team-manager'],
  'verify action': ['link-reviewer', 'qa-lead'],
  'read action': ['team-manager', 'link-reviewer', 'service-manager', 'qa-lead'],
  // Blind until graded; then the two talk, and the QA lead settles what they do not agree on (docs/domain.md, 4.4).
  'moderate blind': ['blind-moderator'],
  'see moderation': ['author', 'moderator', 'qa-lead'],
  'answer moderation': ['author', 'qa-lead'],
  'settle moderation': ['qa-lead'],
  'write moderation feedback': ['moderator'],
  'ask to hand moderation on': ['blind-moderator'],
  'name moderator': ['qa-lead'],
  // The child's electronic record (docs/domain.md, 4.9).
  'attach record': ['business-support', 'qa-lead'],
};

const expectedIn: Readonly<Record<ActIn, readonly Capacity[]>> = {
  // What is somebody's own.
  // And whoever is named as a reviewer of a Practice Week, a manager or not (docs/domain.md, 4.10).
  'list own reviews': [
    ...(['any-manager', 'any-practitioner', 'any-link-reviewer'] as const),
    ...(['qa-lead', 'business-support'] as const),
  ],
  'list moderations': ['any-link-reviewer', 'qa-lead'],
  'list team actions': ['team-manager'],
  // What spans the council or a service.
  'list changes': ['qa-lead'],
  'see how we are doing': ['qa-lead'],
  'close a cycle': ['qa-lead'],
  'see open alerts': ['qa-lead'],
  // Each their part: the team, the service or services, the whole council.
  'see what is open': [
    ...(['team-manager', 'link-reviewer', 'service-manager'] as const),
    ...(['head-of-service', 'assistant-director', 'qa-lead'] as const),
  ],
  'list all actions': ['link-reviewer', 'qa-lead'],
  'oversee moderations': ['qa-lead'],
  'run calibration exercise': ['qa-lead'],
  'see calibration': ['link-reviewer', 'qa-lead'],
  // A service's brief is its link reviewer's; its teams say what they talked about (docs/domain.md, 5.1).
  'write learning brief': ['link-reviewer', 'qa-lead'],
  'see whether it worked': ['link-reviewer', 'qa-lead'],
  'record discussion': ['team-member', 'team-manager'],
  'enter learning': ['qa-lead'],
  'see loop': ['qa-lead'],
  'list records': ['business-support', 'qa-lead'],
  // The Board's is the QA lead's; a Service Manager reads that of their own (docs/domain.md, 9).
  'work on board report': ['qa-lead'],
  'read service report': ['service-manager'],
};
const acts = Object.keys(expected) as Act[];
const actsIn = Object.keys(expectedIn) as ActIn[];

type ToPlr = Exclude<Capacity, `any-${string}`>;
const toPlr = capacities.filter((one): one is ToPlr => !one.startsWith('any-'));

/** Each standing alone: who has it to a PLR of Birch Team, by somebody of Ash Team. */
const holders: Readonly<Record<ToPlr, { person: string; plr: Plr }>> = {
  author: { person: 'ash-manager', plr: aReview().returned().build() },
  'qa-completer': {
    person: 'qa-lead',
    plr: aReview()
      .with({ qaCompletes: { decidedBy: id('qa-lead'), at: '2022-04-05T09:00:00Z' as never } })
      .build(),
  },
  practitioner: { person: 'birch-worker-first', plr: aReview().returned().build() },
  'team-member': { person: 'birch-worker-second', plr: aReview().returned().build() },
  'team-manager': { person: 'birch-manager', plr: aReview().returned().build() },
  'blind-moderator': {
    person: 'care-reviewer',
    plr: aReview()
      .returned()
      .with({ moderation: moderation('drawn') })
      .build(),
  },
  moderator: {
    person: 'care-reviewer',
    plr: aReview()
      .returned()
      .with({ moderation: moderation('graded') })
      .build(),
  },
  'link-reviewer': { person: 'assessment-reviewer', plr: aReview().returned().build() },
  'service-manager': { person: 'assessment-service-manager', plr: aReview().returned().build() },
  'head-of-service': { person: 'head-of-service', plr: aReview().returned().build() },
  'assistant-director': { person: 'assistant-director', plr: aReview().returned().build() },
  'qa-lead': { person: 'qa-lead', plr: aReview().returned().build() },
  'business-support': { person: 'business-support', plr: aReview().returned().build() },
};

const councilOf = (roster: Roster = smallCouncil()) => aContext({ roster });
const personIn = (council: ReturnType<typeof councilOf>, name: string): Person => {
  const found = council.organisation.people.get(id(name));
  assert.ok(found, name);
  return found;
};
const withPerson = (name: string, change: Partial<Person>): Roster => {
  const roster = smallCouncil();
  return { ...roster, people: roster.people.map((one) => (one.id === name ? { ...one, ...change } : one)) };
};

describe('who may do what to a PLR', () => {
  it('is what was agreed, and nothing more', () => {
    assert.deepEqual(whoMay, expected);
    assert.deepEqual(whoMayIn, expectedIn);
  });

  for (const standing of toPlr) {
    const { person, plr } = holders[standing];
    it(`gives the ${standing} what the table says, act by act, and nothing else`, () => {
      const council = councilOf();
      const held = capacitiesOf(personIn(council, person), plr, council);
      assert.ok(held.has(standing), [...held].join());
      const others = [...held].filter(
        (one) => one !== standing && one !== 'qa-lead' && one !== 'team-member',
      );
      assert.deepEqual(others, []);
      for (const act of acts) {
        const listed = [...held].some((one) => expected[act].includes(one));
        assert.equal(may(personIn(council, person), act, plr, council), listed, `${standing}: ${act}`);
      }
    });
  }

  it('gives everybody else in the council nothing at all', () => {
    const council = councilOf();
    const plr = aReview().returned().build();
    const named = new Set(Object.values(holders).map(({ person }) => person));
    const others = council.organisation.roster.people.filter((one) => !named.has(one.id));
    assert.ok(others.length > 10);
    for (const person of others) {
      const held = [...capacitiesOf(person, plr, council)].filter((one) => one !== 'team-member');
      assert.deepEqual(held, [], person.id);
      for (const act of acts) assert.equal(may(person, act, plr, council), false, `${person.id}: ${act}`);
    }
  });

  it('gives nothing to somebody who has left, whatever they were', () => {
    for (const standing of toPlr) {
      const { person, plr } = holders[standing];
      const council = councilOf(withPerson(person, { activeUntil: localDate('2022-03-31') }));
      for (const act of acts)
        assert.equal(may(personIn(council, person), act, plr, council), false, `${standing}: ${act}`);
    }
  });

  it('gives nothing to somebody who has not started', () => {
    const council = councilOf(withPerson('qa-lead', { activeFrom: localDate('2030-01-01') }));
    for (const act of acts)
      assert.equal(may(personIn(council, 'qa-lead'), act, aReview().returned().build(), council), false, act);
  });

  it('follows the team: the Team Manager of today, not of the day when it was issued', () => {
    const roster = smallCouncil();
    const teams = roster.teams.map((team) =>
      team.id === 'birch' ? { ...team, teamManagerId: id('damson-manager') } : team,
    );
    const council = councilOf({ ...roster, teams });
    const plr = aReview().returned().build();
    assert.deepEqual([...capacitiesOf(personIn(council, 'damson-manager'), plr, council)], ['team-manager']);
    assert.deepEqual([...capacitiesOf(personIn(council, 'birch-manager'), plr, council)], ['team-member']);
  });

  it('does not follow a worker to another team: the PLR is of the team that it was issued to', () => {
    const council = councilOf(withPerson('birch-worker-first', { teamId: 'damson' as TeamId }));
    const plr = aReview().returned().build();
    assert.deepEqual(
      [...capacitiesOf(personIn(council, 'birch-worker-first'), plr, council)],
      ['practitioner'],
    );
    assert.deepEqual([...capacitiesOf(personIn(council, 'damson-manager'), plr, council)], []);
  });

  it('gives somebody who is two things what either may', () => {
    const council = councilOf(withPerson('birch-manager', { roles: ['manager', 'business-support'] }));
    const plr = aReview().returned().build();
    const held = capacitiesOf(personIn(council, 'birch-manager'), plr, council);
    assert.deepEqual([...held].sort(), ['business-support', 'team-manager', 'team-member']);
    for (const act of acts) {
      const listed = expected[act].some((one) => held.has(one));
      assert.equal(may(personIn(council, 'birch-manager'), act, plr, council), listed, act);
    }
  });

  it('shows no grade to a moderator who has not graded, even one who leads the QA Service', () => {
    const council = councilOf(
      withPerson('care-reviewer', { roles: ['link-reviewer', 'qa-lead', 'business-support'] }),
    );
    const { plr } = holders['blind-moderator'];
    const person = personIn(council, 'care-reviewer');
    for (const act of ['read review', 'see moderation', 'settle moderation', 'attach record'] as const)
      assert.equal(may(person, act, plr, council), false, act);
    assert.equal(may(person, 'moderate blind', plr, council), true);
  });
});

const birch: Part = { serviceId: 'assessment' as ServiceId, teamId: 'birch' as TeamId };
const cedar: Part = { serviceId: 'care' as ServiceId, teamId: 'cedar' as TeamId };

type InPart = Exclude<Capacity, 'author' | 'qa-completer' | 'practitioner' | 'blind-moderator' | 'moderator'>;

/** Each standing alone; Birch Team is run by somebody of Damson Team. */
const holdersIn: Readonly<Record<InPart, { person: string; part: Part; elsewhere: readonly Capacity[] }>> = {
  'team-member': { person: 'birch-worker-first', part: birch, elsewhere: [] },
  'team-manager': { person: 'damson-manager', part: birch, elsewhere: [] },
  'link-reviewer': { person: 'assessment-reviewer', part: birch, elsewhere: [] },
  'service-manager': { person: 'assessment-service-manager', part: birch, elsewhere: [] },
  'head-of-service': { person: 'head-of-service', part: birch, elsewhere: [] },
  'assistant-director': { person: 'assistant-director', part: birch, elsewhere: [] },
  'qa-lead': { person: 'qa-lead', part: birch, elsewhere: ['qa-lead'] },
  'business-support': { person: 'business-support', part: birch, elsewhere: ['business-support'] },
  'any-manager': { person: 'birch-manager', part: wholeCouncil, elsewhere: [] },
  'any-practitioner': { person: 'birch-worker-first', part: wholeCouncil, elsewhere: [] },
  'any-link-reviewer': { person: 'assessment-reviewer', part: wholeCouncil, elsewhere: [] },
};

const aRoster = (change: (person: Person) => Person = (person) => person): Roster => {
  const { services, teams, people, cases } = smallCouncil();
  const others = { headOfServiceId: id('another-head'), assistantDirectorId: id('another-director') };
  return {
    services: services.map((one) => (one.id === 'care' ? { ...one, ...others } : one)),
    teams: teams.map((one) => (one.id === 'birch' ? { ...one, teamManagerId: id('damson-manager') } : one)),
    people: people.map(change),
    cases,
  };
};

describe('who may do what in a part of the council', () => {
  for (const [standing, { person, part, elsewhere }] of Object.entries(holdersIn)) {
    it(`gives the ${standing} what the table says, act by act, and nothing else`, () => {
      const council = councilOf(aRoster());
      const who = personIn(council, person);
      assert.deepEqual([...capacitiesIn(who, part, council)], [standing]);
      for (const act of actsIn) {
        const listed = (expectedIn[act] as readonly string[]).includes(standing);
        assert.equal(mayIn(who, act, part, council), listed, `${standing}: ${act}`);
      }
    });

    it(`gives the ${standing} ${elsewhere.length > 0 ? 'the same' : 'nothing'} in another service and team`, () => {
      const council = councilOf(aRoster());
      const who = personIn(council, person);
      assert.deepEqual([...capacitiesIn(who, cedar, council)], elsewhere);
      for (const act of actsIn) {
        const listed = expectedIn[act].some((one) => elsewhere.includes(one));
        assert.equal(mayIn(who, act, cedar, council), listed, `${standing}: ${act}`);
      }
    });

    for (const [why, change] of [
      ['has left', { activeUntil: localDate('2022-03-31') }],
      ['has not started', { activeFrom: localDate('2030-01-01') }],
    ] as const)
      it(`gives the ${standing} nothing who ${why}`, () => {
        const council = councilOf(aRoster((one) => (one.id === person ? { ...one, ...change } : one)));
        const who = personIn(council, person);
        for (const act of actsIn) {
          for (const where of [birch, wholeCouncil])
            assert.equal(mayIn(who, act, where, council), false, act);
          assert.deepEqual(servicesFor(who, act, council), []);
        }
      });
  }

  it('gives everybody else in the council nothing at all', () => {
    const council = councilOf(aRoster());
    const named = new Set(Object.values(holdersIn).map(({ person }) => person));
    const others = council.organisation.roster.people.filter(
      ({ id, teamId }) => !named.has(id) && teamId !== 'birch',
    );
    assert.ok(others.length > 10);
    for (const person of others) assert.deepEqual([...capacitiesIn(person, birch, council)], [], person.id);
  });

  it('makes nobody a member or a manager of a part that the roster does not know, or that was not named', () => {
    const council = councilOf(aRoster());
    const unknown = { serviceId: 'none' as ServiceId, teamId: 'none' as TeamId };
    const everywhere = new Set<Capacity>(['qa-lead', 'business-support']);
    for (const person of council.organisation.roster.people)
      for (const part of [unknown, wholeCouncil]) {
        const held = [...capacitiesIn(person, part, council)].filter((one) => !one.startsWith('any-'));
        assert.ok(
          held.every((one) => everywhere.has(one)),
          `${person.id}: ${held.join()}`,
        );
      }
  });

  it('gives somebody who is two things what either may', () => {
    const council = councilOf(
      aRoster((one) => (one.id === 'assessment-reviewer' ? { ...one, roles: ['qa-lead'] } : one)),
    );
    const who = personIn(council, 'assessment-reviewer');
    assert.deepEqual([...capacitiesIn(who, birch, council)].sort(), ['link-reviewer', 'qa-lead']);
    assert.deepEqual([...capacitiesIn(who, cedar, council)], ['qa-lead']);
  });

  it('lists the services of a link reviewer, all of them for the QA lead, and those that are gone', () => {
    const roster = aRoster();
    const [assessment] = roster.services;
    assert.ok(assessment);
    const former = { services: [{ ...assessment, id: 'gone' as ServiceId }], teams: [], people: [] };
    const council = councilOf({ ...roster, former });
    const listed = (name: string) => servicesFor(personIn(council, name), 'see calibration', council).sort();
    assert.deepEqual(listed('assessment-reviewer'), ['assessment', 'gone']);
    assert.deepEqual(listed('care-reviewer'), ['care']);
    assert.deepEqual(listed('qa-lead'), ['assessment', 'care', 'gone']);
    assert.deepEqual(listed('assessment-service-manager'), []);
  });
});
