import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { may } from '../plr/plr-access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Command, Screen, Turn, Verb, Verbs } from '../surface/feature.js';
import { changePress, councilPress, readPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import type { Press } from '../forms/inputs.js';
import { addressPress, type Address } from '../forms/read-press.js';
import { acknowledgeAlert, type AlertRefusal } from './decide-acknowledgement.js';
import { saidSoFar, type Alert } from '../plr/alert.js';
import { boardOf, openAlerts } from './board.js';
import { alertCard, type AlertShown } from './cards.js';
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
import { seesAlert } from './people-of-alert.js';
import { recordCall } from './decide-call.js';
import { recordGrip } from './decide-grip.js';
import { restateSafety } from './decide-restatement.js';

/** The alert, for those who oversee it or are asked to act on it; with all that the card sent. */
const anAlert = {
  reads: addressPress,
  kind: plrKind,
  key: ({ cycle, ref }: Address) => plrKey(cycle, ref),
  mine: (plr: Plr, _given: unknown, { actor, council }: Turn) => {
    const { alert } = plr;
    return alert !== undefined && seesAlert(actor, plr, alert, council) && { plr, alert };
  },
};

/** One button: reads what was typed, decides, and answers with the card as it now is. */
function button<Typed extends object>(
  read: (data: unknown, council: CouncilContext) => Typed | AlertForm,
  decide: (plr: Plr, typed: Typed, actor: Person, council: CouncilContext) => Change<Plr> | AlertRefusal,
  screen: Screen,
  asks: Asks = 'next',
): Verb {
  return changePress({
    ...anAlert,
    screen,
    decide: ({ plr, alert }, data, { actor, council }): Change<Plr> | (Refusal & Partial<AlertShown>) => {
      const isAsSeen = saidSoFar(alert) === seenIn(data);
      const typed = read(data, council);
      if (isForm(typed) && isAsSeen) return { ...incomplete, form: typed };
      if (isForm(typed)) return movedOn;
      const decided = decide(plr, typed, actor, council);
      return isRefusal(decided) || isAsSeen ? decided : movedOn;
    },
    show: ({ plr, alert }, { given, outcome }, { actor, council }) => {
      // Everyone's card is redrawn now, this one too: a form on it would be lost with what is typed in it.
      if (!isRefusal(outcome)) return alertCard(plr, alert, actor, council, { asks: 'nothing' });
      const { form = typedBefore(given), say: note } = outcome;
      return alertCard(plr, alert, actor, council, { form, note, asks });
    },
  });
}

const incomplete = refuse('incomplete', '');
const movedOn = refuse(
  'out-of-date',
  'This alert has moved on since your card was drawn. Nothing was changed, and what you typed is still here: read the alert as it is now, then decide.',
);

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

type Looking<Given> = (
  plr: Plr,
  alert: Alert,
  turn: Turn,
  given: Given,
) => CardContent | Promise<CardContent>;

/** Whatever form stands on the card. */
const carries = Object.values(inputsOfForm).flat();

const looking = (show: Looking<Press>, screen?: Screen): Verb =>
  readPress({
    ...anAlert,
    ...(screen === undefined ? { carries } : { screen }),
    show: ({ plr, alert }, data, turn) => show(plr, alert, turn, data),
  });

/**
 * From a form to another card, and back to the form with what was typed. What is too long to be carried stays
 * where it is.
 */
const elsewhere = (show: Looking<Typed>): Verb =>
  looking((plr, alert, turn, data) => {
    const { asks } = openPress.parse(data);
    return isTooLong(data)
      ? alertCard(plr, alert, turn.actor, turn.council, { form: typedSoFar(data), asks, note: tooLong })
      : show(plr, alert, turn, { ...carriedIn(data), asks });
  });
type Typed = Readonly<Record<string, string>>;

const formAsTyped = (asks: Asks, screen?: Screen): Verb =>
  looking(
    (plr, alert, { actor, council }, data) =>
      alertCard(plr, alert, actor, council, { form: typedSoFar(data), asks }),
    screen,
  );

/** The inputs of a form of the card, and the form again as empty as they came. */
const screenOf = (form: AlertFormName, asks: Asks = 'next'): Screen => ({
  inputs: inputsOfForm[form],
  again: formAsTyped(asks),
});

const tooLong = `First shorten what you typed to ${longest.toLocaleString('en-GB')} characters: it is still here.`;

/** From an alert, with the way back to it, or from no alert in particular. */
const showBoard = councilPress({
  reads: addressPress.or(z.unknown().transform(() => ({}))),
  mine: (_given, { actor, council }) => maySeeBoard(actor, council),
  carries,
  show: (_mine, given, turn) => ('ref' in given ? boardWithWayBack.draw(given, turn) : boardFor(turn)),
});

const boardWithWayBack = elsewhere(({ cycleId: cycle, ref }, _alert, turn, typed) =>
  boardFor(turn, { cycle, ref, ...typed }),
);

export const alertVerbs = {
  'alert.acknowledge': button(readSafety, acknowledgeAlert, screenOf('asksSafety')),
  'alert.restate': button(readRestatement, restateSafety, screenOf('asksSafety', 'safety'), 'safety'),
  'alert.grip': button((data, { today }) => readGrip(data, today), recordGrip, screenOf('asksGrip')),
  'alert.call': button(readCall, recordCall, screenOf('asksCall', 'call'), 'call'),
  'alert.add-action': formAsTyped('next', screenOf('asksGrip')),
  'alert.close': button(readNote, byQaLead(closeAlert), { ...screenOf('asksWhy'), mayBeBare: true }),
  'alert.send-back': button(readReason, byQaLead(sendBack), screenOf('asksWhy')),
  'alert.reopen': button(readReason, byQaLead(reopenAlert), screenOf('asksWhy')),
  'alert.open': looking((plr, alert, { actor, council }, data) =>
    alertCard(plr, alert, actor, council, { form: typedSoFar(data), asks: asksIn(data) }),
  ),
  'alert.timeline': elsewhere((plr, alert, { council }, typed) => timelineCard(plr, alert, council, typed)),
  'alert.board': showBoard,
} satisfies Verbs;

export const alertCommands: readonly Command[] = [
  {
    words: ['open alerts', 'alerts'],
    does: 'the alerts that are open, who has each, and what comes next',
    for: maySeeBoard,
    answer: (turn) => boardFor(turn),
  },
];

function maySeeBoard(person: Person, council: CouncilContext): boolean {
  return mayIn(person, 'see open alerts', wholeCouncil, council);
}

/** The board shows every team's alerts. */
async function boardFor(turn: Turn, back: Typed = {}): Promise<CardContent> {
  return boardOf(await openAlerts(turn), turn.council, back);
}
