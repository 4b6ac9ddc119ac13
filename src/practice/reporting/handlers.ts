import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Turn, Verbs } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import { hitInWords, identifiersIn, type GateHit } from '../firewall/channel-gate.js';
import { correctReport, openReport, versionsOf } from './decide-opening.js';
import { commentCard, publishCard, reportCard } from './cards.js';
import { commented, published, reportKey, signedReportKind, type SignedReport } from './signed-report.js';
import { tooLongInWords } from '../council/words.js';
import { periodOfId } from '../plr/period-said.js';
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
function forQaLeads<Data>(
  shape: z.ZodType<Data>,
  answer: (data: Data, turn: Turn) => Promise<CardContent>,
): ActionHandler {
  return async (data, turn) => {
    const read = shape.safeParse(data);
    if (!mayIn(turn.actor, 'work on board report', wholeCouncil, turn.council) || !read.success)
      return noticeCard('This is for the QA Service', 'Only a QA lead works on the Board’s reports.');
    return answer(read.data, turn);
  };
}

export async function showReport(period: Period, turn: Turn): Promise<CardContent> {
  const signed = await openReport(period, turn, turn.council, turn.actor.id);
  return isRefusal(signed) ? notMade(signed.say) : reportCard(signed, turn.council);
}

function notMade(say: string): CardContent {
  return noticeCard('The report was not made', say);
}

const show = forQaLeads(address, async (data, turn) => {
  const period = periodOfId(data.period);
  return period === undefined ? notMade('There is no such period.') : showReport(period, turn);
});

const correct = forQaLeads(address, async (data, turn) => {
  const period = periodOfId(data.period);
  if (period === undefined) return notMade('There is no such period.');
  const signed = await correctReport(period, turn, turn.council, turn.actor.id);
  if (!isRefusal(signed)) return reportCard(signed, turn.council);
  const newest = (await versionsOf(period.id, turn.documents)).at(-1);
  return signed.refused === 'nothing-to-correct' && newest !== undefined
    ? commentCard(newest, { comment: newest.comment, mistake: signed.say })
    : noticeCard('No correction', signed.say);
});

const writeComment = forQaLeads(version, async (data, turn) => withDraft(data, turn, commentCard));

const saveComment = forQaLeads(comment, async (data, turn) => {
  if (data.comment === undefined) return withDraft(data, turn, commentCard);
  const said = data.comment.trim();
  if (said.length > maxComment)
    return withDraft(data, turn, (draft) =>
      commentCard(draft, {
        comment: said,
        mistake: tooLongInWords(said, maxComment),
      }),
    );
  const found = data.answered ? [] : identifiersIn(said, turn.council);
  if (found.length > 0)
    return withDraft(data, turn, (now) =>
      commentCard(now, { comment: said, mistake: foundInWords(found), mayKeep: true }),
    );
  const saved = await savedComment(said, data, turn);
  return isRefusal(saved)
    ? withDraft(data, turn, (now) => commentCard(now, { comment: said, mistake: saved.say }))
    : reportCard(saved, turn.council);
});

/** A new comment on a published report begins its correction. */
async function savedComment(
  said: string,
  { period: id, version: at, seen, corrects }: z.infer<typeof comment>,
  turn: Turn,
): Promise<SignedReport | Refusal> {
  const by = turn.actor.id;
  const saved = await turn.documents.change(signedReportKind, reportKey(id, at), by, (now) =>
    commented(now, said, seen),
  );
  const period = periodOfId(id);
  if (!isRefusal(saved) || saved.refused !== 'published-already' || !corrects || period === undefined)
    return saved;
  const begun = await correctReport(period, turn, turn.council, by, said);
  if (isRefusal(begun) || begun.comment === said) return begun;
  return refuse('seen-another', 'A correction was begun meanwhile. Copy what you wrote, and comment there.');
}

function foundInWords(found: readonly GateHit[]): string {
  const each = found.map(({ text, kind }) => `“${text}” ${hitInWords(kind)}`).join('; ');
  return `Nothing is saved yet. The report is passed on, and ${each}. Say it without; or, if it identifies nobody, save it as it is.`;
}

const askToPublish = forQaLeads(version, async (data, turn) =>
  withDraft(data, turn, (signed) =>
    signed.state === 'draft' ? publishCard(signed, turn.council) : reportCard(signed, turn.council),
  ),
);

const publish = forQaLeads(signOff, async (data, turn) => {
  const key = reportKey(data.period, data.version);
  const { id } = turn.actor;
  const saved = await turn.documents.change(signedReportKind, key, id, (now) =>
    published(now, data.revision, id, turn.council),
  );
  return isRefusal(saved)
    ? withDraft(data, turn, (now) => reportCard(now, turn.council, saved.say))
    : reportCard(saved, turn.council);
});

async function withDraft(
  data: z.infer<typeof version>,
  turn: Turn,
  card: (signed: SignedReport) => CardContent,
): Promise<CardContent> {
  const signed = await turn.documents.read(signedReportKind, reportKey(data.period, data.version));
  return signed === undefined ? notMade('There is no such version.') : card(signed);
}

export const reportVerbs: Verbs = {
  'report.show': show,
  'report.correct': correct,
  'report.comment': writeComment,
  'report.save-comment': { answer: saveComment, screen: { inputs: ['comment'], again: writeComment } },
  'report.ask-to-publish': askToPublish,
  'report.publish': publish,
};
