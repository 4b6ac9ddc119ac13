import { recipientOf } from '../plr/recipient.js';
import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { may } from '../plr/plr-access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type {
  ActionHandler,
  CardContent,
  Feature,
  Presenter,
  Screen,
  Superseded,
  Turn,
} from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import { isActive, type Person } from '../council/organisation.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change, MessageOf } from '../plr/ports.js';
import { addressPress } from '../forms/read-press.js';
import { acknowledgeAlert, type AlertRefusal } from './decide-acknowledgement.js';
import { saidSoFar, type Alert } from '../plr/alert.js';
import { boardOf, openAlerts } from './board.js';
import { alertCard, channelCard, movedOnCard } from './cards.js';
import {
  carriedIn,
  inputsOfForm,
  isForm,
  longest,
  readCall,
  readGrip,
  readNote,
  readReason,
  readRestatement,
  readSafety,
  seenIn,
  typedBefore,
  typedSoFar,
  type AlertForm,
  type AlertFormName,
} from './read-form.js';
import { asksFor, type Asks } from './offers.js';
import { timelineCard } from './cards-timeline.js';
import { closeAlert, reopenAlert, sendBack } from './decide-oversight.js';
import { hasItToday, hasPart, seesAlert } from './people-of-alert.js';
import { recordCall } from './decide-call.js';
import { recordGrip } from './decide-grip.js';
import { raiserCard } from './cards-raiser.js';
import { restateSafety } from './decide-restatement.js';
import { whySent } from './words.js';
import { isHeardSince } from './unheard.js';
import { alertPart } from './part.js';

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

/** The same answer for a PLR that is not theirs as for one that does not exist. */
const notHere = noticeCard(
  'There is no alert here for you',
  'It may have gone to someone else. If you worry about a child, ring the team now.',
);

/** One button: reads what was typed, decides, and answers with the card as it now is. */
function button<Typed extends object>(
  read: (data: unknown, council: CouncilContext) => Typed | AlertForm,
  decide: (plr: Plr, typed: Typed, actor: Person, council: CouncilContext) => Change<Plr> | AlertRefusal,
  asks: Asks = 'next',
): ActionHandler {
  return async (data, turn) => {
    const address = addressPress.safeParse(data).data;
    if (address === undefined) return notHere;
    const { actor, council, documents } = turn;
    const key = plrKey(address.cycle, address.ref);
    const typed = read(data, council);
    const old = { note: movedOn.say, form: typedBefore(data), asks };
    if (isForm(typed)) {
      const plr = await documents.read(plrKind, key);
      return shown(plr, turn, plr === undefined || isAsSeen(plr, data) ? { form: typed, asks } : old);
    }
    let now: Plr | undefined;
    const result = await documents.change(plrKind, key, actor.id, (plr) => {
      now = plr;
      const decided = decide(plr, typed, actor, council);
      return isRefusal(decided) || isAsSeen(plr, data) ? decided : movedOn;
    });
    // Everyone's card is redrawn now, this one too: a form on it would be lost with what is typed in it.
    if (!isRefusal(result)) return shown(result, turn, { asks: 'nothing' });
    return shown(now, turn, { ...old, note: result.say });
  };
}

const movedOn = refuse(
  'out-of-date',
  'This alert has moved on since your card was drawn. Nothing was changed, and what you typed is still here: read the alert as it is now, then decide.',
);

function isAsSeen({ alert }: Plr, data: unknown): boolean {
  return alert !== undefined && saidSoFar(alert) === seenIn(data);
}

function shown(plr: Plr | undefined, turn: Turn, more: Parameters<typeof alertCard>[4] = {}): CardContent {
  const alert = plr === undefined ? undefined : alertFor(plr, turn);
  return plr === undefined || alert === undefined
    ? notHere
    : alertCard(plr, alert, turn.actor, turn.council, more);
}

/** The alert, for those who oversee it or are asked to act on it. */
function alertFor(plr: Plr, { actor, council }: Turn): Alert | undefined {
  const { alert } = plr;
  return alert !== undefined && seesAlert(actor, plr, alert, council) ? alert : undefined;
}

function byQaLead(decide: typeof closeAlert): typeof closeAlert {
  return (plr, reason, actor, council) =>
    may(actor, 'oversee alert', plr, council)
      ? decide(plr, reason, actor, council)
      : refuse('not-asked', 'Only the QA lead can do this. Nothing was changed.');
}

const openPress = z.object({ asks: z.enum(asksFor).catch('next') }).catch({ asks: 'next' });

/** A text that is too long to be given back beside another form stays in the form in which it was typed. */
function asksIn(data: unknown): Asks {
  const { asks } = openPress.parse(data);
  if (!isTooLong(data)) return asks;
  return asks === 'safety' ? 'next' : 'safety';
}

function isTooLong(data: unknown): boolean {
  return Object.values(typedSoFar(data).typed).some((text) => text.length > longest);
}

const looking =
  (
    show: (plr: Plr, alert: Alert, turn: Turn, data: unknown) => CardContent | Promise<CardContent>,
  ): ActionHandler =>
  async (data, turn) => {
    const address = addressPress.safeParse(data).data;
    if (address === undefined) return notHere;
    const plr = await turn.documents.read(plrKind, plrKey(address.cycle, address.ref));
    const alert = plr === undefined ? undefined : alertFor(plr, turn);
    return plr === undefined || alert === undefined ? notHere : show(plr, alert, turn, data);
  };

/**
 * From a form to another card, and back to the form with what was typed. What is too long to be carried stays
 * where it is.
 */
const elsewhere = (
  show: (plr: Plr, alert: Alert, turn: Turn, typed: Typed) => CardContent | Promise<CardContent>,
): ActionHandler =>
  looking((plr, alert, turn, data) => {
    const { asks } = openPress.parse(data);
    return isTooLong(data)
      ? alertCard(plr, alert, turn.actor, turn.council, { form: typedSoFar(data), asks, note: tooLong })
      : show(plr, alert, turn, { ...carriedIn(data), asks });
  });
type Typed = Readonly<Record<string, string>>;

const formAsTyped = (asks: Asks): ActionHandler =>
  looking((plr, alert, { actor, council }, data) =>
    alertCard(plr, alert, actor, council, { form: typedSoFar(data), asks }),
  );

/** The inputs of a form of the card, and the form again as empty as they came. */
const screenOf = (form: AlertFormName, asks: Asks = 'next'): Screen => ({
  inputs: inputsOfForm[form],
  again: formAsTyped(asks),
});

const tooLong = `First shorten what you typed to ${longest.toLocaleString('en-GB')} characters: it is still here.`;

const boardWithWayBack = elsewhere(({ cycleId: cycle, ref }, _alert, turn, typed) =>
  boardFor(turn, { cycle, ref, ...typed }),
);

export const alertFeature: Feature = {
  plrPart: alertPart,
  presenters: { alert: toWhomItConcerns, 'alert-in-channel': inChannel, 'alert-to-raiser': toRaiser },
  verbs: {
    'alert.acknowledge': { answer: button(readSafety, acknowledgeAlert), screen: screenOf('asksSafety') },
    'alert.restate': {
      answer: button(readRestatement, restateSafety, 'safety'),
      screen: screenOf('asksSafety', 'safety'),
    },
    'alert.grip': {
      answer: button((data, { today }) => readGrip(data, today), recordGrip),
      screen: screenOf('asksGrip'),
    },
    'alert.call': { answer: button(readCall, recordCall, 'call'), screen: screenOf('asksCall', 'call') },
    'alert.add-action': { answer: formAsTyped('next'), screen: screenOf('asksGrip') },
    'alert.close': {
      answer: button(readNote, byQaLead(closeAlert)),
      screen: { ...screenOf('asksWhy'), mayBeBare: true },
    },
    'alert.send-back': { answer: button(readReason, byQaLead(sendBack)), screen: screenOf('asksWhy') },
    'alert.reopen': { answer: button(readReason, byQaLead(reopenAlert)), screen: screenOf('asksWhy') },
    'alert.open': looking((plr, alert, { actor, council }, data) =>
      alertCard(plr, alert, actor, council, { form: typedSoFar(data), asks: asksIn(data) }),
    ),
    'alert.timeline': elsewhere((plr, alert, { council }, typed) => timelineCard(plr, alert, council, typed)),
    'alert.board': (data, turn) =>
      addressPress.safeParse(data).success ? boardWithWayBack(data, turn) : boardFor(turn),
  },
  lists: ['open alerts', 'alert.board'],
  commands: [
    {
      words: ['open alerts', 'alerts'],
      does: 'the alerts that are open, who has each, and what comes next',
      for: maySeeBoard,
      answer: (turn) => boardFor(turn),
    },
  ],
};

function maySeeBoard(person: Person, council: CouncilContext): boolean {
  return mayIn(person, 'see open alerts', wholeCouncil, council);
}

/** The board shows every team's alerts. */
async function boardFor(turn: Turn, back: Typed = {}): Promise<CardContent> {
  return maySeeBoard(turn.actor, turn.council)
    ? boardOf(await openAlerts(turn), turn.council, back)
    : notHere;
}
