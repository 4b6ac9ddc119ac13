import { refuse } from '../practice/base/errors.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { DocumentKind, Ended, Message, Services } from '../practice/plr/ports.js';

/** Saves what follows from a message's end, in the document that the message was about. */
export function applyDeliveryOutcome(
  registered: readonly DocumentKind<unknown>[],
  services: Services,
  council: () => CouncilContext | undefined,
) {
  const kinds = new Map(registered.map((kind) => [kind.kind, kind]));
  return async (message: Message, as: Ended['as'], reason: string): Promise<void> => {
    const kind = kinds.get(message.about.kind);
    const now = council();
    if (kind?.whenEnded === undefined || now === undefined) return;
    if (kind.endsOf?.includes(message.card) === false) return;
    await services.documents.change(kind, message.about, 'system', (state) => {
      return (
        kind.whenEnded?.(state, { message, as, reason }, now) ??
        refuse('nothing-to-do', 'Nothing follows from it.')
      );
    });
  };
}
