import assert from 'node:assert/strict';
import { applyDeliveryOutcome } from '../../../src/conversation/apply-delivery-outcome.js';
import { features, kindsOf } from '../../../src/features.js';
import type { CouncilContext } from '../../../src/practice/council/council-context.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { Message, Services } from '../../../src/practice/plr/ports.js';

describe('what follows from the end of a message', () => {
  /** Whether the document it is about is asked. */
  async function asks(kind: string, card: string): Promise<boolean> {
    let asked = 0;
    const change = () => Promise.resolve(void (asked += 1));
    const ended = applyDeliveryOutcome(
      kindsOf(features),
      { documents: { change } } as unknown as Services,
      () => ({}) as CouncilContext,
    );
    const to = { person: 'ash-manager' as PersonId };
    const about = { partition: '2022-04', kind, id: 'one' };
    await ended({ key: 'k', to, card, about, urgency: 'ordinary' } as Message, 'delivered', '');
    return asked > 0;
  }

  for (const [kind, card] of [
    ['plr', 'alert'],
    ['plr', 'alert-in-channel'],
    ['plr', 'action'],
    ['brief', 'agenda-item'],
  ] as const)
    it(`is asked of the ${kind} for a card "${card}"`, async () => assert.ok(await asks(kind, card)));

  for (const [kind, card] of [
    ['plr', 'assignment'],
    ['plr', 'reminder'],
    ['brief', 'brief-nudge'],
    ['cycle', 'cycle-note'],
  ] as const)
    it(`costs nothing for a card "${card}", from which nothing follows`, async () =>
      assert.ok(!(await asks(kind, card))));
});
