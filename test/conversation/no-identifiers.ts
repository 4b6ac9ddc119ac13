import assert from 'node:assert/strict';
import { checkForChannel } from '../../src/practice/learning/channel-gate.js';
import type { Excused } from '../../src/practice/learning/channel-gate.js';
import type { BotInTeams } from './bot-in-teams.js';

/**
 * Everything that was ever sent to a channel, posts and redraws alike, with the roster as it is now: no
 * name, no case reference, nothing that the identifier firewall knows. Call it at the end of each
 * conversation that reaches a channel.
 */
export function assertNoIdentifiersInChannels(bot: BotInTeams, excused: readonly Excused[] = []): void {
  const house = bot.app.foundation.house();
  assert.ok(house !== undefined);
  const shown = bot.connector.recorded.filter(({ conversation }) => conversation === 'channel');
  for (const { activity } of shown) {
    if (activity === undefined) continue;
    const said = [activity['summary'], activity['text']]
      .filter((text) => typeof text === 'string')
      .join('\n');
    const hits = checkForChannel({ summary: said, card: activity['attachments'] }, house, excused);
    assert.deepEqual(
      hits.map(({ kind, text }) => `${kind}: ${text}`),
      [],
      `A channel saw this:\n${hits.map(({ within }) => within).join('\n')}`,
    );
  }
  const secrets = [...house.organisation.people.values()].map(({ name }) => name);
  const references = [...house.organisation.cases.keys()];
  const sent = JSON.stringify(shown.map(({ activity }) => activity));
  for (const secret of [...secrets, ...references]) {
    if (!excused.some(({ text }) => text.includes(secret)))
      assert.ok(!sent.includes(secret), `A channel saw ${secret}`);
  }
}
