import assert from 'node:assert/strict';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import { checkForChannel, type Excused } from '../../src/practice/firewall/channel-gate.js';
import type { RecordedCall } from '../stand-ins/recorded-calls.js';

/**
 * Everything that was ever sent to a channel, posts and redraws alike, checked against each of these
 * houses: no name, no case reference, nothing that the identifier firewall knows. `excused`: what a link
 * reviewer answered for in this test.
 */
export function assertNoIdentifiersInChannels(
  recorded: readonly RecordedCall[],
  councils: readonly CouncilContext[],
  excused: readonly Excused[] = [],
): void {
  const shown = recorded.filter(({ conversation, activity }) => conversation === 'channel' && activity);
  for (const council of councils) {
    for (const { activity = {} } of shown) assertNone(activity, council, excused);
    assertNoneInside(JSON.stringify(shown.map(({ activity }) => posted(activity))), council, excused);
  }
}

/** What a reader sees of it. */
function assertNone(
  activity: Record<string, unknown>,
  council: CouncilContext,
  excused: readonly Excused[],
): void {
  const said = [activity['summary'], activity['text']].filter((text) => typeof text === 'string').join('\n');
  const hits = checkForChannel({ summary: said, card: activity['attachments'] }, council, excused);
  assert.deepEqual(
    hits.map(({ kind, text }) => `${kind}: ${text}`),
    [],
    `A channel saw this:\n${hits.map(({ within }) => within).join('\n')}`,
  );
}

/** What no reader sees, and is there: the data of a button, a mention. */
function assertNoneInside(sent: string, { organisation }: CouncilContext, excused: readonly Excused[]): void {
  const names = [...organisation.people.values()].map(({ name }) => name);
  for (const secret of [...names, ...organisation.cases.keys()]) {
    if (!excused.some(({ text }) => text.includes(secret)))
      assert.ok(!sent.includes(secret), `A channel saw ${secret}`);
  }
}

/** Without whom Teams answers: it comes with what they sent, and only addresses the reply. */
function posted({ recipient: _, ...rest }: Record<string, unknown> = {}): Record<string, unknown> {
  return rest;
}
