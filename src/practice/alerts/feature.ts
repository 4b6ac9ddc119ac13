import { recipientOf } from '../plr/recipient.js';
import type { CardContent, Feature, Presenter, Superseded } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import { isActive, type Person } from '../council/organisation.js';
import { type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { MessageOf } from '../plr/ports.js';
import { type Alert } from '../plr/alert.js';
import { alertCard, channelCard, movedOnCard } from './cards.js';
import { hasItToday, hasPart } from './people-of-alert.js';
import { raiserCard } from './cards-raiser.js';
import { whySent } from './words.js';
import { isHeardSince } from './unheard.js';
import { alertPart } from './part.js';
import { alertCommands, alertVerbs } from './handlers.js';

/** While the alert is open, whoever is told of it must get its card, and each card of it must be true. */
function isOpen({ alert }: Plr): boolean {
  return alert !== undefined && alert.state !== 'closed';
}

type AlertMessage = MessageOf<'alert' | 'alert-to-raiser'>;

/** Somebody who has left since is told nothing more about the child. */
function inPerson(
  draw: (
    plr: Plr,
    alert: Alert,
    viewer: Person,
    message: AlertMessage,
    council: CouncilContext,
  ) => CardContent | Superseded,
): Presenter<Plr, AlertMessage> {
  return {
    kind: plrKind,
    mustArrive: isOpen,
    present: (plr, message, council) => {
      const viewer = recipientOf(message, council);
      if (plr.alert === undefined) return { superseded: 'there is no alert' };
      if (viewer === undefined || !isActive(viewer, council.today)) return { superseded: 'they have left' };
      return draw(plr, plr.alert, viewer, message, council);
    },
  };
}

const toWhomItConcerns = inPerson((plr, alert, viewer, { reason, redraws }, council) => {
  if (!hasPart(viewer, plr, council))
    return redraws === undefined ? { superseded: 'it is with someone else now' } : withSomeoneElse(plr.ref);
  if (redraws === undefined && isHeardSince(reason, alert))
    return { superseded: 'somebody has been reached' };
  return alertCard(plr, alert, viewer, council, { asks: 'nothing', note: whySent(reason, alert) });
});

const toRaiser = inPerson((plr, alert, _viewer, _message, council) => raiserCard(plr, alert, council));

const inChannel: Presenter<Plr> = {
  kind: plrKind,
  mustArrive: isOpen,
  present: (plr, { to, redraws }, council) => {
    if (plr.alert === undefined) return { superseded: 'there is no alert' };
    if (hasItToday({ as: 'channel', to }, plr, council)) return channelCard(plr, plr.alert, council);
    return redraws === undefined ? { superseded: 'another team has it now' } : movedOnCard(plr);
  },
};

const withSomeoneElse = (ref: string) =>
  noticeCard(
    'This alert is no longer with you',
    `Those who have the case of ${ref} today have its alert too. If you know something that they should, ring them.`,
  );

export const alertFeature: Feature = {
  plrPart: alertPart,
  presenters: { alert: toWhomItConcerns, 'alert-in-channel': inChannel, 'alert-to-raiser': toRaiser },
  verbs: alertVerbs,
  lists: ['open alerts', 'alert.board'],
  commands: alertCommands,
};
