import assert from 'node:assert/strict';
import { whoIsWhere } from '../../../src/local/local-run.js';
import { playgroundConfig, type Persona } from '../../../src/local/playgrounds.js';
import { Fault } from '../../../src/practice/base/errors.js';

const someone = (id: string, name = `Person ${id}`) => ({
  id,
  name,
  aadObjectId: `aad-${id}`,
  email: `${id}@council.example`,
});
const others = ['1', '2', '3', '4', '5', '6'].map((id) => someone(id));
const team = {
  id: '19:harbour@thread.tacv2',
  name: 'Harbour team',
  aadGroupId: 'group-harbour',
  meetingChannel: { id: '19:harbour-meeting@thread.tacv2', name: 'Team meeting' },
};
interface Config {
  currentUser: { id: string };
  users: { id: string }[];
  personalChat: { id: string };
  team: { id: string; channels: { id: string }[] };
}
const configOf = (persona: Persona) => playgroundConfig(persona, 'tenant') as Config;

describe("a persona's Playground", () => {
  it('has exactly five other people, never the persona among them', () => {
    const { currentUser, users } = configOf({ key: 'qa-lead', person: someone('2'), others });
    assert.equal(users.length, 5);
    assert.ok(!users.some(({ id }) => id === currentUser.id));
  });

  it('is refused with too few people, which the Playground would not survive', () => {
    const persona = { key: 'qa-lead', person: someone('2'), others: others.slice(0, 5) };
    assert.throws(() => configOf(persona), Fault);
  });

  it('has the team as General and one channel for its meeting', () => {
    const config = configOf({ key: 'team-manager', person: someone('9'), team, others });
    assert.equal(config.team.id, team.id);
    assert.deepEqual(config.team.channels, [team.meetingChannel]);
  });

  it('shares no conversation with another Playground', () => {
    const conversations = ['manager', 'qa-lead'].flatMap((key, index) => {
      const { personalChat, team: shown } = configOf({ key, person: others[index]!, others });
      return [personalChat.id, shown.id, ...shown.channels.map(({ id }) => id)];
    });
    assert.equal(new Set(conversations).size, 6);
  });

  it('is listed in columns with its person, what they do and its address', () => {
    const list = whoIsWhere([
      { key: 'a', person: someone('1', 'Bo'), others, does: 'gets a PLR', url: 'http://localhost:1' },
      {
        key: 'b',
        person: someone('2', 'Amara Okafor'),
        others,
        does: 'moderates',
        url: 'http://localhost:2',
      },
    ]);
    assert.equal(
      list,
      '  Bo            gets a PLR  http://localhost:1\n  Amara Okafor  moderates   http://localhost:2',
    );
  });
});
