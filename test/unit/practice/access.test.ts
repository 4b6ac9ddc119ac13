import assert from 'node:assert/strict';
import {
  may,
  standings,
  standingsOf,
  whoMay,
  type Act,
  type Standing,
} from '../../../src/practice/access.js';
import type { PersonId, TeamId } from '../../../src/practice/ids.js';
import type { Person, Roster } from '../../../src/practice/organisation/organisation.js';
import type { Plr } from '../../../src/practice/plr.js';
import { localDate } from '../../../src/practice/time.js';
import { aHouse } from '../../builders/a-house.js';
import { aReview } from '../../builders/a-plr.js';
import { smallCouncil } from '../../builders/small-council.js';

const id = (text: string) => text as PersonId;
const moderation = (state: 'drawn' | 'graded') => ({ state, moderatorId: id('care-reviewer') }) as never;
const acts = Object.keys(whoMay) as Act[];

/** Each standing alone: who has it to a PLR of Birch Team, by somebody of Ash Team. */
const holders: Readonly<Record<Standing, { person: string; plr: Plr }>> = {
  author: { person: 'ash-manager', plr: aReview().returned().build() },
  'qa-completer': {
    person: 'qa-lead',
    plr: aReview()
      .with({ qaCompletes: { decidedBy: id('qa-lead'), at: '2022-04-05T09:00:00Z' as never } })
      .build(),
  },
  practitioner: { person: 'birch-worker-first', plr: aReview().returned().build() },
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

const houseOf = (roster: Roster = smallCouncil()) => aHouse({ roster });
const personIn = (house: ReturnType<typeof houseOf>, name: string): Person => {
  const found = house.organisation.people.get(id(name));
  assert.ok(found, name);
  return found;
};
const withPerson = (name: string, change: Partial<Person>): Roster => {
  const roster = smallCouncil();
  return { ...roster, people: roster.people.map((one) => (one.id === name ? { ...one, ...change } : one)) };
};

describe('who may do what', () => {
  for (const standing of standings) {
    const { person, plr } = holders[standing];
    it(`gives the ${standing} what the table says, act by act, and nothing else`, () => {
      const house = houseOf();
      const held = standingsOf(personIn(house, person), plr, house);
      assert.ok(held.has(standing), [...held].join());
      const others = [...held].filter((one) => one !== standing && one !== 'qa-lead');
      assert.deepEqual(others, []);
      for (const act of acts) {
        const listed = [...held].some((one) => (whoMay[act] as readonly Standing[]).includes(one));
        assert.equal(may(personIn(house, person), act, plr, house), listed, `${standing}: ${act}`);
      }
    });
  }

  it('gives everybody else in the council nothing at all', () => {
    const house = houseOf();
    const plr = aReview().returned().build();
    const named = new Set(Object.values(holders).map(({ person }) => person));
    const others = house.organisation.roster.people.filter((one) => !named.has(one.id));
    assert.ok(others.length > 10);
    for (const person of others) {
      assert.deepEqual([...standingsOf(person, plr, house)], [], person.id);
      for (const act of acts) assert.equal(may(person, act, plr, house), false, `${person.id}: ${act}`);
    }
  });

  it('gives nothing to somebody who has left, whatever they were', () => {
    for (const standing of standings) {
      const { person, plr } = holders[standing];
      const house = houseOf(withPerson(person, { activeUntil: localDate('2022-03-31') }));
      for (const act of acts)
        assert.equal(may(personIn(house, person), act, plr, house), false, `${standing}: ${act}`);
    }
  });

  it('gives nothing to somebody who has not started', () => {
    const house = houseOf(withPerson('qa-lead', { activeFrom: localDate('2030-01-01') }));
    for (const act of acts)
      assert.equal(may(personIn(house, 'qa-lead'), act, aReview().returned().build(), house), false, act);
  });

  it('follows the team: the Team Manager of today, not of the day when it was issued', () => {
    const roster = smallCouncil();
    const teams = roster.teams.map((team) =>
      team.id === 'birch' ? { ...team, teamManagerId: id('damson-manager') } : team,
    );
    const house = houseOf({ ...roster, teams });
    const plr = aReview().returned().build();
    assert.deepEqual([...standingsOf(personIn(house, 'damson-manager'), plr, house)], ['team-manager']);
    assert.deepEqual([...standingsOf(personIn(house, 'birch-manager'), plr, house)], []);
  });

  it('does not follow a worker to another team: the PLR is of the team that it was issued to', () => {
    const house = houseOf(withPerson('birch-worker-first', { teamId: 'damson' as TeamId }));
    const plr = aReview().returned().build();
    assert.deepEqual([...standingsOf(personIn(house, 'birch-worker-first'), plr, house)], ['practitioner']);
    assert.deepEqual([...standingsOf(personIn(house, 'damson-manager'), plr, house)], []);
  });

  it('gives somebody who is two things what either may', () => {
    const house = houseOf(withPerson('birch-manager', { roles: ['manager', 'business-support'] }));
    const plr = aReview().returned().build();
    const held = standingsOf(personIn(house, 'birch-manager'), plr, house);
    assert.deepEqual([...held].sort(), ['business-support', 'team-manager']);
    for (const act of acts) {
      const listed = (whoMay[act] as readonly Standing[]).some((one) => held.has(one));
      assert.equal(may(personIn(house, 'birch-manager'), act, plr, house), listed, act);
    }
  });

  it('shows no grade to a moderator who has not graded, even one who leads the QA Service', () => {
    const house = houseOf(
      withPerson('care-reviewer', { roles: ['link-reviewer', 'qa-lead', 'business-support'] }),
    );
    const { plr } = holders['blind-moderator'];
    const person = personIn(house, 'care-reviewer');
    for (const act of ['read review', 'see moderation', 'settle moderation', 'attach record'] as const)
      assert.equal(may(person, act, plr, house), false, act);
    assert.equal(may(person, 'moderate blind', plr, house), true);
  });
});
