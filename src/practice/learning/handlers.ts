import { z } from 'zod';
import { mayIn } from '../council/access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { Press } from '../forms/inputs.js';
import type { ActionHandler, CardContent, Turn, Verbs } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
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

const address = z.object({ cycle: z.string().max(100), service: z.string().max(100) });
type Address = z.infer<typeof address>;
const typedText = z.string().catch('');

const noBrief = (): CardContent =>
  noticeCard(
    'There is no such brief for you',
    'Say "briefs" to see the ones that are yours. Nothing was changed.',
  );

/** Reads the brief that a card names, for somebody who may write on it; for anyone else it does not exist. */
async function withBrief(
  data: unknown,
  turn: Turn,
  answer: (brief: Brief, at: Address) => CardContent | Promise<CardContent>,
): Promise<CardContent> {
  const at = address.safeParse(data);
  if (!at.success || !mayWrite(at.data, turn)) return noBrief();
  const brief = await turn.documents.read(briefKind, keyOf(at.data));
  return brief === undefined ? noBrief() : answer(brief, at.data);
}

function mayWrite({ service }: Address, { actor, council }: Turn): boolean {
  return mayIn(actor, 'write learning brief', { serviceId: service as ServiceId }, council);
}

function keyOf({ cycle, service }: Address) {
  return briefKey(cycle as CycleId, service as ServiceId);
}

/** Decides and saves in one transaction; a refusal is answered with the brief as it is. */
async function decide(
  data: unknown,
  turn: Turn,
  decision: (brief: Brief) => Approval,
  refused: (brief: Brief, why: Exclude<Approval, Change<Brief>>) => CardContent,
  done: (brief: Brief) => CardContent = (brief) => briefCard(brief, turn.council),
): Promise<CardContent> {
  const at = address.safeParse(data);
  if (!at.success || !mayWrite(at.data, turn)) return noBrief();
  let seen: Brief | undefined;
  const result = await turn.documents.change(briefKind, keyOf(at.data), turn.actor.id, (brief) => {
    seen = brief;
    return decision(brief);
  });
  if (!isRefusal(result)) return done(result);
  return result.refused === 'missing' || seen === undefined ? noBrief() : refused(seen, result);
}

function saved(state: Brief | BriefRefusal, did: string): Change<Brief> | BriefRefusal {
  return isRefusal(state) ? state : { state, did, messages: [] };
}

const open: ActionHandler = (data, turn) => withBrief(data, turn, (brief) => briefCard(brief, turn.council));

/**
 * On the list of the firewall's hits, the reasons typed so far are kept too, because people change more than
 * the text there.
 */
const edit: ActionHandler = (data, turn) => {
  const { council } = turn;
  const { saves, answered } = approval.parse(data);
  const form = (brief: Brief, notice = '') =>
    brief.state === 'drafted'
      ? editCard(brief, council, brief.text, { notice })
      : briefCard(brief, council, notice);
  const whys = answered ? whysOf(data) : [];
  if (whys.every((why) => why.trim() === '')) return withBrief(data, turn, (brief) => form(brief));
  const tooLong = whys.filter((why) => why.trim().length > whyLimit);
  return decide(
    data,
    turn,
    (brief) =>
      brief.state === 'drafted' && brief.saves === saves
        ? saved(withReasons(brief, whys, turn), 'said why finds may stay')
        : refuse('out-of-date', 'The brief was changed since you opened this card.'),
    (brief, { say }) => form(brief, `${say} ${givenBack(whys, 5 * whyLimit)}`),
    (brief) => form(brief, givenBack(tooLong, 5 * whyLimit)),
  );
};

const save: ActionHandler = (data, turn) => {
  const typed = typedOf(data);
  const { saves } = z
    .object({ saves: z.number().int().catch(-1) })
    .catch({ saves: -1 })
    .parse(data);
  return decide(
    data,
    turn,
    (brief) => saved(editBrief(brief, { ...brief.text, ...typed }, saves), 'edited the brief'),
    (brief, { refused, say, mistakes = {} }) =>
      editCard(
        brief,
        turn.council,
        { ...brief.text, ...typed },
        {
          notice: refused === 'not-open' ? `${say} What you typed is below, to copy from.` : say,
          mistakes,
        },
      ),
  );
};

/** The parts that came; one that did not stays as it was saved. */
function typedOf(data: unknown): Partial<BriefText> {
  const press = z.record(z.string(), z.unknown()).catch({}).parse(data);
  const came = briefParts.filter((part) => typeof press[part] === 'string');
  return Object.fromEntries(came.map((part) => [part, press[part]]));
}

const approval = z
  .object({ saves: z.number().int().catch(-1), answered: z.boolean().catch(false) })
  .catch({ saves: -1, answered: false });

/** Approves what the link reviewer saw. Reasons given for the firewall's hits are kept first. */
const approve: ActionHandler = (data, turn) => {
  const { council, actor } = turn;
  const { saves, answered } = approval.parse(data);
  const whys = answered ? whysOf(data) : [];
  return decide(
    data,
    turn,
    (brief) => {
      if (brief.state !== 'drafted') return approveBrief(brief, actor.id, council);
      if (brief.saves !== saves)
        return refuse(
          'out-of-date',
          'The brief was changed since you opened this card. Look at it again, then approve.',
        );
      return approveBrief(withReasons(brief, whys, turn), actor.id, council);
    },
    (brief, { refused, say }) =>
      refused === 'hits'
        ? hitsCard(brief, hitsIn(brief.text, council, brief.excused), whys, answered)
        : // The hits may have changed since the reasons were typed, so the reasons are only given back.
          briefCard(brief, council, `${say} ${givenBack(whys, 5 * whyLimit)}`.trim()),
  );
};

/** Each reason with the hit under which it was typed. */
function withReasons(brief: DraftedBrief, whys: readonly string[], { actor, council }: Turn): DraftedBrief {
  const excuses = hitsIn(brief.text, council, brief.excused).flatMap(({ kind, text }, at) => {
    const why = whys[at]?.trim() ?? '';
    return why === '' || why.length > whyLimit ? [] : [{ kind, text, why }];
  });
  return excuseHits(brief, excuses, actor.id, council.now);
}

const whyInputs = Array.from({ length: 12 }, (_, at) => `why${at}`);

function whysOf(data: unknown): string[] {
  const read = z.record(z.string(), z.unknown()).catch({}).parse(data);
  return whyInputs.map((id) => typedText.parse(read[id]));
}

/** The brief's own card has the same two buttons, and no inputs. */
const whyInputsOf = ({ answered }: Press): readonly string[] => (answered === true ? whyInputs : []);

/** What the firewall finds in the text as it is saved. */
const showHits: ActionHandler = (data, turn) =>
  withBrief(data, turn, (brief) =>
    brief.state === 'drafted'
      ? hitsCard(brief, hitsIn(brief.text, turn.council, brief.excused))
      : briefCard(brief, turn.council),
  );

const hold: ActionHandler = (data, turn) =>
  withBrief(data, turn, (brief) =>
    brief.state === 'drafted' ? holdCard(brief, turn.council) : briefCard(brief, turn.council),
  );

const holdBack: ActionHandler = (data, turn) => {
  const { reason } = z.object({ reason: typedText }).catch({ reason: '' }).parse(data);
  return decide(
    data,
    turn,
    (brief) => saved(holdBackBrief(brief, reason, turn.actor.id, turn.council.now), 'held back the brief'),
    (brief, { say, mistakes }) => holdCard(brief, turn.council, reason, mistakes?.reason ?? say),
  );
};

const takeUp: ActionHandler = (data, turn) =>
  decide(
    data,
    turn,
    (brief) => saved(takeUpBrief(brief), 'took up the brief again'),
    (brief, { say }) => briefCard(brief, turn.council, say),
  );

const stop: ActionHandler = (data, turn) =>
  decide(
    data,
    turn,
    (brief) => stopPosting(brief, turn.actor.id, turn.council),
    (brief, { say }) => briefCard(brief, turn.council, say),
  );

/**
 * What was written in the reviews, as material to write from: shown in this person's own chat, and never put
 * into the brief automatically.
 */
const findings: ActionHandler = (data, turn) => {
  const { page } = z
    .object({ page: z.coerce.number().int().min(1).catch(1) })
    .catch({ page: 1 })
    .parse(data);
  return withBrief(data, turn, async (brief) =>
    findingsCard(brief, await briefFindings(brief, page, turn), turn.council),
  );
};

export const briefVerbs: Verbs = {
  'learning.open': open,
  'learning.edit': { answer: edit, screen: { inputs: whyInputsOf, again: showHits } },
  'learning.save': { answer: save, screen: { inputs: briefParts, again: edit } },
  'learning.approve': { answer: approve, screen: { inputs: whyInputsOf, again: showHits } },
  'learning.hold': hold,
  'learning.hold-back': { answer: holdBack, screen: { inputs: ['reason'], again: hold } },
  'learning.take-up': takeUp,
  'learning.stop': stop,
  'learning.findings': findings,
};
