import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Turn, Verbs } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import { changePress, councilPress, readPress } from '../surface/press.js';
import { hitInWords, identifiersIn, type GateHit } from '../firewall/channel-gate.js';
import { correctReport, openReport, versionsOf } from './decide-opening.js';
import { commentCard, publishCard, reportCard } from './cards.js';
import { commented, published, reportKey, signedReportKind, type SignedReport } from './signed-report.js';
import { tooLongInWords } from '../council/words.js';
import { periodOfId } from './period-said.js';
import type { Period } from '../plr/period.js';

const maxComment = 2_000;
const address = z.object({ period: z.string().max(20) });
const version = address.extend({ version: z.coerce.number().int().min(1).max(999) });
const comment = version.extend({
  /** Undefined when it did not come: then it stays as it was saved. */
  comment: z.string().optional().catch(undefined),
  seen: z.string().catch(''),
  /** It was opened to correct what is published. */
  corrects: z.boolean().catch(false),
  /** The identifier firewall's hits were shown, and the QA lead says that they identify nobody. */
  answered: z.boolean().catch(false),
});
const signOff = version.extend({ revision: z.coerce.number().int() });

/** Each press is checked, because a card can be forwarded, and a QA lead may have changed role since. */
function isTheirs({ actor, council }: Turn): boolean {
  return mayIn(actor, 'work on board report', wholeCouncil, council);
}

const aPeriod = {
  reads: address,
  mine: ({ period }: z.infer<typeof address>, turn: Turn) => isTheirs(turn) && periodOfId(period),
};

const aReport = {
  kind: signedReportKind,
  key: ({ period, version: at }: z.infer<typeof version>) => reportKey(period, at),
  mine: (signed: SignedReport, _given: unknown, turn: Turn) => isTheirs(turn) && signed,
};

export async function showReport(period: Period, turn: Turn): Promise<CardContent> {
  const signed = await openReport(period, turn, turn.council, turn.actor.id);
  return isRefusal(signed)
    ? noticeCard('The report was not made', signed.say)
    : reportCard(signed, turn.council);
}

const show = councilPress({ ...aPeriod, show: (period, _given, turn) => showReport(period, turn) });

const correct = councilPress({
  ...aPeriod,
  show: async (period, _given, turn) => {
    const signed = await correctReport(period, turn, turn.council, turn.actor.id);
    if (!isRefusal(signed)) return reportCard(signed, turn.council);
    const newest = (await versionsOf(period.id, turn.documents)).at(-1);
    return signed.refused === 'nothing-to-correct' && newest !== undefined
      ? commentCard(newest, { comment: newest.comment, mistake: signed.say })
      : noticeCard('No correction', signed.say);
  },
});

const writeComment = readPress({ ...aReport, reads: version, show: (signed) => commentCard(signed) });

const saveComment = changePress({
  ...aReport,
  reads: comment,
  screen: { inputs: ['comment'], again: writeComment },
  decide: (signed, { comment: typed, seen, answered }, { council }) => {
    if (typed === undefined) return notTyped;
    const said = typed.trim();
    if (said.length > maxComment) return refuse('too-long', tooLongInWords(said, maxComment));
    const found = answered ? [] : identifiersIn(said, council);
    return found.length > 0 ? refuse('hits', foundInWords(found)) : commented(signed, said, seen);
  },
  show: async (signed, { given, outcome }, turn) => {
    if (!isRefusal(outcome)) return reportCard(signed, turn.council);
    if (outcome.refused === 'not-typed') return commentCard(signed);
    const said = given.comment?.trim() ?? '';
    const period = periodOfId(given.period);
    const refused =
      outcome.refused === 'published-already' && given.corrects && period !== undefined
        ? await correctedBy(said, period, turn)
        : outcome;
    if (!isRefusal(refused)) return reportCard(refused, turn.council);
    const mayKeep = refused.refused === 'hits';
    return commentCard(signed, { comment: said, mistake: refused.say, ...(mayKeep ? { mayKeep } : {}) });
  },
});

const notTyped = refuse('not-typed', 'It stays as it was saved.');

/** A new comment on a published report begins its correction. */
async function correctedBy(said: string, period: Period, turn: Turn): Promise<SignedReport | Refusal> {
  const begun = await correctReport(period, turn, turn.council, turn.actor.id, said);
  if (isRefusal(begun) || begun.comment === said) return begun;
  return refuse('seen-another', 'A correction was begun meanwhile. Copy what you wrote, and comment there.');
}

function foundInWords(found: readonly GateHit[]): string {
  const each = found.map(({ text, kind }) => `“${text}” ${hitInWords(kind)}`).join('; ');
  return `Nothing is saved yet. The report is passed on, and ${each}. Say it without; or, if it identifies nobody, save it as it is.`;
}

const askToPublish = readPress({
  ...aReport,
  reads: version,
  show: (signed, _given, { council }) =>
    signed.state === 'draft' ? publishCard(signed, council) : reportCard(signed, council),
});

const publish = changePress({
  ...aReport,
  reads: signOff,
  decide: (signed, { revision }, { actor, council }) => published(signed, revision, actor.id, council),
  show: (signed, { outcome }, { council }) =>
    reportCard(signed, council, isRefusal(outcome) ? outcome.say : ''),
});

export const reportVerbs = {
  'report.show': show,
  'report.correct': correct,
  'report.comment': writeComment,
  'report.save-comment': saveComment,
  'report.ask-to-publish': askToPublish,
  'report.publish': publish,
} satisfies Verbs;
