import type { Cards } from '../cards/cards.js';
import type { SetAside } from '../delivery/sender.js';
import { quiet } from './gate.js';
import { Fault } from '../practice/base/errors.js';
import type { CardContent, Feature, Presenter, Superseded } from '../practice/surface/feature.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import { checkForChannel, firewallReason } from '../practice/firewall/channel-gate.js';
import type { Message, Services } from '../practice/plr/ports.js';

/** How a message is drawn, from its state as it is when it is sent. @throws when no feature draws such cards. */
export function presentWith(
  features: readonly Feature[],
  services: Services,
  cards: Cards,
  council: () => CouncilContext | undefined,
) {
  const presenters = presentersOf(features);
  return async (message: Message): Promise<CardContent | Superseded | SetAside> => {
    const found = presenters.get(message.card);
    const now = council();
    if (found === undefined || now === undefined)
      throw new Fault('no-presenter', 'Nobody can draw this card.', { card: message.card });
    const state = await services.documents.read(found.kind, message.about);
    if (state === undefined) return { superseded: 'what it was about is gone' };
    const content = found.present(state, message, now);
    if ('superseded' in content) return content;
    if ('person' in message.to) return quiet(content, now);
    // Cards of fixed words, roles and a reference: a colleague called Manager must not stop an alert.
    if (content.fixedWords === true) return content;
    return stoppedAtTheGate(content, cards, now) ?? content;
  };
}

/** Whether a message that failed is tried until it arrives. @throws when storage does not answer. */
export function mustArriveWith(features: readonly Feature[], services: Services) {
  const presenters = presentersOf(features);
  return async ({ card, about, urgency }: Message): Promise<boolean> => {
    const found = presenters.get(card);
    if (found?.mustArrive === undefined) return urgency === 'alert';
    const state = await services.documents.read(found.kind, about);
    return state !== undefined && found.mustArrive(state);
  };
}

function presentersOf(features: readonly Feature[]): ReadonlyMap<string, Presenter<unknown>> {
  return new Map<string, Presenter<unknown>>(
    features.flatMap(({ presenters = {} }) => Object.entries(presenters)),
  );
}

/** The identifier firewall, on what a channel would see, with today's roster. */
function stoppedAtTheGate(content: CardContent, cards: Cards, council: CouncilContext): SetAside | undefined {
  const shown = { summary: content.summary, card: cards.render(content) };
  const hits = checkForChannel(shown, council, content.excused);
  if (hits.length === 0) return undefined;
  return { setAside: firewallReason(hits.map(({ kind }) => kind)) };
}
