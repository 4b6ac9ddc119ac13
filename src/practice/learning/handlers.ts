import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { Press } from '../forms/inputs.js';
import type { CouncilContext } from '../council/council-context.js';
import type { CardContent, Screen, Turn, Verb, Verbs } from '../surface/feature.js';
import { changePress, readPress } from '../surface/press.js';
import type { CycleId, ServiceId } from '../base/ids.js';
import type { Change } from '../plr/ports.js';
import { givenBack } from '../council/words.js';
import { approveBrief, type Approval } from './decide-approval.js';
import { briefKey, briefParts, type Brief, type BriefText, type DraftedBrief } from './brief.js';
import { briefCard, editCard, hitsCard, holdCard, whyLimit } from './cards.js';
import { briefFindings, findingsCard } from './cards-findings.js';
import { briefKind } from './brief-kind.js';
import { stopPosting } from './part.js';
import {
  editBrief,
  excuseHits,
  hitsIn,
  holdBackBrief,
  takeUpBrief,
  type BriefRefusal,
} from './decide-edit.js';

const address = z.looseObject({ cycle: z.string().max(100), service: z.string().max(100) });
type Address = z.infer<typeof address>;
const savesSeen = z.number().int().catch(-1);
const reasonsPress = address.extend({ saves: savesSeen, answered: z.boolean().catch(false) });
const typedText = z.string().catch('');

/** A service's brief, for whoever may write on it. */
const aBrief = {
  kind: briefKind,
  key: ({ cycle, service }: Address) => briefKey(cycle as CycleId, service as ServiceId),
  mine: (brief: Brief, _given: unknown, { actor, council }: Turn) =>
    mayIn(actor, 'write learning brief', brief, council) && brief,
};

const briefRead = (show: (brief: Brief, turn: Turn) => CardContent): Verb =>
  readPress({ ...aBrief, reads: address, show: (brief, _given, turn) => show(brief, turn) });

interface BriefPress<Given> {
  readonly reads: z.ZodType<Given>;
  readonly screen?: Screen;
  readonly decide: (brief: Brief, given: Given, turn: Turn) => Approval;
  readonly refused: (
    brief: Brief,
    why: Exclude<Approval, Change<Brief>>,
    given: Given,
    turn: Turn,
  ) => CardContent;
  /** Default: the brief as it is now. */
  readonly done?: (brief: Brief, given: Given, turn: Turn) => CardContent;
}

/** A refusal is answered with the brief as it is. */
function briefPress<Given extends Address>({ refused, done, ...press }: BriefPress<Given>): Verb {
  return changePress({
    ...aBrief,
    ...press,
    show: (brief, { given, outcome }, turn) => {
      if (isRefusal(outcome)) return refused(brief, outcome, given, turn);
      return done?.(brief, given, turn) ?? briefCard(brief, turn.council);
    },
  });
}

function saved(state: Brief | BriefRefusal, did: string): Change<Brief> | BriefRefusal {
  return isRefusal(state) ? state : { state, did, messages: [] };
}

const open = briefRead((brief, { council }) => briefCard(brief, council));

/** What the firewall finds in the text as it is saved. */
const showHits = briefRead((brief, { council }) =>
  brief.state === 'drafted'
    ? hitsCard(brief, hitsIn(brief.text, council, brief.excused))
    : briefCard(brief, council),
);

/** The brief's own card has the same two buttons, and no inputs. */
const whyInputsOf = ({ answered }: Press): readonly string[] => (answered === true ? whyInputs : []);
const whyInputs = Array.from({ length: 12 }, (_, at) => `why${at}`);

/**
 * On the list of the firewall's hits, the reasons typed so far are kept too, because people change more than
 * the text there.
 */
const edit = briefPress({
  reads: reasonsPress,
  screen: { inputs: whyInputsOf, again: showHits },
  decide: (brief, given, turn) => {
    const whys = whysOf(given);
    if (whys.every((why) => why.trim() === '')) return noReasons;
    return brief.state === 'drafted' && brief.saves === given.saves
      ? saved(withReasons(brief, whys, turn), 'said why finds may stay')
      : refuse('out-of-date', 'The brief was changed since you opened this card.');
  },
  refused: (brief, why, given, { council }) =>
    formOf(brief, council, why === noReasons ? '' : `${why.say} ${givenBack(whysOf(given), 5 * whyLimit)}`),
  done: (brief, given, { council }) => {
    const tooLong = whysOf(given).filter((why) => why.trim().length > whyLimit);
    return formOf(brief, council, givenBack(tooLong, 5 * whyLimit));
  },
});

const noReasons: BriefRefusal = refuse('out-of-date', '');

function formOf(brief: Brief, council: CouncilContext, notice: string): CardContent {
  return brief.state === 'drafted'
    ? editCard(brief, council, brief.text, { notice })
    : briefCard(brief, council, notice);
}

const save = briefPress({
  reads: address.extend({ saves: savesSeen }),
  screen: { inputs: briefParts, again: edit },
  decide: (brief, given) =>
    saved(editBrief(brief, { ...brief.text, ...typedOf(given) }, given.saves), 'edited the brief'),
  refused: (brief, { refused, say, mistakes = {} }, given, { council }) => {
    const notice = refused === 'not-open' ? `${say} What you typed is below, to copy from.` : say;
    return editCard(brief, council, { ...brief.text, ...typedOf(given) }, { notice, mistakes });
  },
});

/** The parts that came; one that did not stays as it was saved. */
function typedOf(press: Press): Partial<BriefText> {
  const came = briefParts.filter((part) => typeof press[part] === 'string');
  return Object.fromEntries(came.map((part) => [part, press[part]]));
}

/** Approves what the link reviewer saw. Reasons given for the firewall's hits are kept first. */
const approve = briefPress({
  reads: reasonsPress,
  screen: { inputs: whyInputsOf, again: showHits },
  decide: (brief, given, turn) => {
    const { actor, council } = turn;
    if (brief.state !== 'drafted') return approveBrief(brief, actor.id, council);
    if (brief.saves !== given.saves)
      return refuse(
        'out-of-date',
        'The brief was changed since you opened this card. Look at it again, then approve.',
      );
    return approveBrief(withReasons(brief, whysOf(given), turn), actor.id, council);
  },
  refused: (brief, { refused, say }, given, { council }) =>
    refused === 'hits'
      ? hitsCard(brief, hitsIn(brief.text, council, brief.excused), whysOf(given), given.answered)
      : // The hits may have changed since the reasons were typed, so the reasons are only given back.
        briefCard(brief, council, `${say} ${givenBack(whysOf(given), 5 * whyLimit)}`.trim()),
});

/** Each reason with the hit under which it was typed. */
function withReasons(brief: DraftedBrief, whys: readonly string[], { actor, council }: Turn): DraftedBrief {
  const excuses = hitsIn(brief.text, council, brief.excused).flatMap(({ kind, text }, at) => {
    const why = whys[at]?.trim() ?? '';
    return why === '' || why.length > whyLimit ? [] : [{ kind, text, why }];
  });
  return excuseHits(brief, excuses, actor.id, council.now);
}

/** What was typed under the hits; from a card without their list, nothing. */
function whysOf({ answered, ...press }: Press): string[] {
  return answered === true ? whyInputs.map((id) => typedText.parse(press[id])) : [];
}

const hold = briefRead((brief, { council }) =>
  brief.state === 'drafted' ? holdCard(brief, council) : briefCard(brief, council),
);

const holdBack = briefPress({
  reads: address.extend({ reason: typedText }),
  screen: { inputs: ['reason'], again: hold },
  decide: (brief, { reason }, { actor, council }) =>
    saved(holdBackBrief(brief, reason, actor.id, council.now), 'held back the brief'),
  refused: (brief, { say, mistakes }, { reason }, { council }) =>
    holdCard(brief, council, reason, mistakes?.reason ?? say),
});

const takeUp = briefPress({
  reads: address,
  decide: (brief) => saved(takeUpBrief(brief), 'took up the brief again'),
  refused: (brief, { say }, _given, { council }) => briefCard(brief, council, say),
});

const stop = briefPress({
  reads: address,
  decide: (brief, _given, { actor, council }) => stopPosting(brief, actor.id, council),
  refused: (brief, { say }, _given, { council }) => briefCard(brief, council, say),
});

/**
 * What was written in the reviews, as material to write from: shown in this person's own chat, and never put
 * into the brief automatically.
 */
const findings = readPress({
  ...aBrief,
  reads: address.extend({ page: z.coerce.number().int().min(1).catch(1) }),
  show: async (brief, { page }, turn) =>
    findingsCard(brief, await briefFindings(brief, page, turn), turn.council),
});

export const briefVerbs: Verbs = {
  'learning.open': open,
  'learning.edit': edit,
  'learning.save': save,
  'learning.approve': approve,
  'learning.hold': hold,
  'learning.hold-back': holdBack,
  'learning.take-up': takeUp,
  'learning.stop': stop,
  'learning.findings': findings,
};
