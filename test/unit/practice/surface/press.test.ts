import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Cards, cardsFolder } from '../../../../src/cards/cards.js';
import { features } from '../../../../src/features.js';
import { addActions } from '../../../../src/practice/actions/decide-added-actions.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { isRefusal, refuse } from '../../../../src/practice/base/errors.js';
import type { PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import { localDate, month } from '../../../../src/practice/base/time.js';
import { addNote } from '../../../../src/practice/cycles/messages.js';
import { briefKey, type Brief } from '../../../../src/practice/learning/brief.js';
import { briefKind } from '../../../../src/practice/learning/brief-kind.js';
import { drawnAtReturn } from '../../../../src/practice/moderation/decide-at-return.js';
import { exerciseKey, exerciseKind } from '../../../../src/practice/moderation/exercise-record.js';
import { cycleKey, cycleKind, type IssuedCycle } from '../../../../src/practice/plr/cycle-record.js';
import { plrKey, type Plr } from '../../../../src/practice/plr/plr.js';
import { plrKind } from '../../../../src/practice/plr/plr-kind.js';
import type { DocumentKind } from '../../../../src/practice/plr/ports.js';
import { newDraft, reportKey, signedReportKind } from '../../../../src/practice/reporting/signed-report.js';
import type { CardContent, Turn, Verb } from '../../../../src/practice/surface/feature.js';
import { noticeCard, nothingHere } from '../../../../src/practice/surface/help.js';
import { answerPress, changePress, readPress } from '../../../../src/practice/surface/press.js';
import { aDraftedBrief } from '../../../builders/a-brief.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { figures, reportInput } from '../../../builders/figures.js';
import { keptDocuments, turnWith, type KeptDocument } from '../../../builders/kept-documents.js';
import { sentExercise } from '../../../builders/moderated.js';
import { plannedAction } from '../../../builders/planned-actions.js';
import { monthlyReport } from '../../../builders/reports.js';
import { isRecord, type JsonRecord } from '../../../stand-ins/json-record.js';

const council = aContext();
/** Has no part in any of what is kept here. */
const stranger = 'cedar-worker-first';

/** A PLR with all that a button can be about: it is returned, moderated and flagged, with an action and a record. */
function wholePlr(): Plr {
  const record = { state: 'waiting', readyAt: council.now } as const;
  const returned = aReview().returned().with({ record }).build();
  const acted = addActions(returned, [plannedAction()], council).plr;
  const drawn = drawnAtReturn(acted, { why: 'inadequate' }, council).plr;
  return raiseAlert(drawn, 'inadequate', drawn.managerId, council).plr;
}

function postedBrief(): Brief {
  const draft = aDraftedBrief();
  const post = {
    teamId: 'ash' as TeamId,
    round: 1,
    meetingAt: council.now,
    state: 'posted',
    postedAt: council.now,
    nudgeAt: council.now,
    missedAt: council.now,
    nudged: 'not-yet',
  } as const;
  const { text, excused } = draft;
  const by = 'assessment-reviewer' as PersonId;
  const posting = { text, excused, approvedBy: by, approvedAt: council.now, round: 1, posts: [post] };
  return { ...draft, posting };
}

function notedCycle(): IssuedCycle {
  const facts = { state: 'issued', id: '2022-04', kind: 'monthly', dueOn: localDate('2022-04-29') };
  const cycle = facts as unknown as IssuedCycle;
  const noted = addNote(cycle, { key: 'left', title: 'T', lines: [{ key: 'l', sentence: 'S.' }] }, council);
  assert.ok(!isRefusal(noted));
  return noted.state as IssuedCycle;
}

const plr = wholePlr();
const brief = postedBrief();
const report = monthlyReport(month('2022-03'), reportInput([figures().returned().build()]));
assert.ok(!isRefusal(report));
const kept: readonly KeptDocument[] = [
  { kind: plrKind, key: plrKey(plr.cycleId, plr.ref), state: plr },
  { kind: briefKind, key: briefKey(brief.cycleId, brief.serviceId), state: brief },
  { kind: exerciseKind, key: exerciseKey(plr.ref), state: sentExercise },
  { kind: signedReportKind, key: reportKey('2022-03', 1), state: newDraft(report) },
  { kind: cycleKind, key: cycleKey(plr.cycleId), state: notedCycle() },
] as readonly KeptDocument[];

const address = {
  ...{ cycle: plr.cycleId, ref: plr.ref, action: plr.actions[0]!.id, note: 'left' },
  ...{ service: 'assessment', team: 'ash', period: '2022-03' },
};
const nowhere = {
  ...{ cycle: '2022-04b', ref: 'PLR-ZZZZZZ', action: 'none', note: 'none' },
  ...{ service: 'none', team: 'none', period: '2022-05' },
};
/** What the cards' buttons send besides, whichever it is. */
const rest = {
  ...{ version: 1, saves: 0, seen: 1, step: 'voice', then: 'next', shown: 3, goTo: 'risk', from: 0 },
  ...{ revision: 0, until: 'tomorrow', scope: 'team', page: 0, id: 'abcdefgh1', answered: true },
  ...{ standard: 'recording', kind: 'development', number: 1, 'voice.working-well': '' },
};
const typed = 'What I typed.';

const verbs = features.flatMap(({ verbs: own = {} }) => Object.entries(own));

/** The data of a press with words in each input of its screen that does not say where it is. */
function dataAt(where: typeof nowhere, { screen, carries = [] }: Verb) {
  const data: Record<string, unknown> = { ...where, ...rest };
  const inputs = typeof screen?.inputs === 'function' ? screen.inputs(data) : (screen?.inputs ?? carries);
  return { ...Object.fromEntries(inputs.map((id) => [id, typed])), ...data, 'voice.working-well': typed };
}

async function pressed(verb: Verb, by: string, data: object) {
  const { documents, saves } = keptDocuments(kept);
  const card = await answerPress(verb, data, turnWith(by, council, documents));
  return { card, saves };
}

const isNothing = ({ data }: CardContent) => 'title' in data && data.title === nothingTitle;
const nothingTitle = (nothingHere().data as { title: string }).title;
const wroteIn = ({ data }: CardContent) => (data as { wrote: string }).wrote;

/** Buttons that are about no one document: there is nothing of theirs that could be missing. */
const ofTheCouncil = [
  'action.list',
  'alert.board',
  'calibration.show',
  'cycle.status',
  'cycle.teams',
  'exercise.preview',
  'exercise.send',
  'learning.add',
  'learning.add-save',
  'learning.chart',
  'learning.choose-theme',
  'records.list',
  'report.correct',
  'report.show',
];
/** What stands in a team's channel is shown to whoever presses there; it can be changed by the team alone. */
const inAChannel = ['learning.agenda', 'learning.record', 'learning.record-save'];

describe('every button', () => {
  it('is here', () => {
    assert.ok(verbs.length > 50, `${verbs.length}`);
    assert.equal(new Set(verbs.map(([name]) => name)).size, verbs.length);
  });

  it('can be made by the press alone, as the compiler sees it', () => {
    const draw = () => Promise.resolve(nothingHere());
    // @ts-expect-error what goes past the press is no verb
    const past: Verb = { draw };
    // @ts-expect-error nor is a mere function
    const bare: Verb = draw;
    assert.ok(past !== bare);
  });

  it('that brings a text says which, so that it can be given back', () => {
    const templates = new Cards().names().map((name) => readFileSync(new URL(`${name}.json`, cardsFolder)));
    const brought = templates.flatMap((json) => {
      const all = [...parts(JSON.parse(json.toString()))];
      if (!all.some(({ type }) => type === 'Input.Text')) return [];
      const buttons = all.filter(({ type }) => type === 'Action.Execute');
      return buttons.flatMap((one) => (one['associatedInputs'] === 'none' ? [] : [String(one['verb'])]));
    });
    const byName = new Map(verbs);
    const saysNothing = brought.filter((name) => {
      const verb = byName.get(name);
      return verb !== undefined && verb.screen === undefined && verb.carries === undefined;
    });
    // It opens the form, and stands on the card without it.
    assert.deepEqual(saysNothing, ['review.self-assessment']);
  });

  for (const [name, verb] of verbs) {
    it(`answers a stranger as if there were nothing: ${name}`, async () => {
      const nothing = await pressed(verb, stranger, dataAt(nowhere, verb));
      assert.deepEqual(nothing.card, nothingHere(wroteIn(nothing.card)));
      const { screen, carries } = verb;
      const bringsText = screen === undefined ? carries !== undefined : typeof screen.inputs !== 'function';
      if (bringsText) assert.match(wroteIn(nothing.card), /You wrote: “What I typed\.”/);
      if (!inAChannel.includes(name))
        assert.deepEqual((await pressed(verb, stranger, dataAt(address, verb))).card, nothing.card);
      const strange = await pressed(verb, stranger, { cycle: 7, ref: [], period: {}, service: null });
      assert.ok(isNothing(strange.card));
    });

    it(`changes nothing for a stranger: ${name}`, async () => {
      for (const where of [address, nowhere])
        assert.deepEqual((await pressed(verb, stranger, dataAt(where, verb))).saves, []);
    });

    it(`answers somebody, and the same people not of what is not there: ${name}`, async () => {
      const people = council.organisation.roster.people.map(({ id }) => id);
      const answered = [];
      for (const id of people)
        if (!isNothing((await pressed(verb, id, dataAt(address, verb))).card)) answered.push(id);
      assert.ok(answered.length > 0, 'the data of this test reaches nobody');
      if (ofTheCouncil.includes(name)) return;
      const nothing = (await pressed(verb, stranger, dataAt(nowhere, verb))).card;
      for (const id of answered)
        assert.deepEqual((await pressed(verb, id, dataAt(nowhere, verb))).card, nothing, id);
    });
  }
});

function* parts(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* parts(one);
  if (!isRecord(part)) return;
  yield part;
  for (const value of Object.values(part)) yield* parts(value);
}

interface Note {
  readonly owner: string;
  readonly text: string;
}
const noteKind: DocumentKind<Note> = { kind: 'note', schemaVersion: 1 };
const noteKey = { partition: '2022-04', kind: 'note', id: 'one' };
const aNote = {
  reads: z.object({ text: z.string(), to: z.string().optional() }),
  kind: noteKind,
  key: () => noteKey,
  mine: (note: Note, _given: unknown, { actor }: Turn) => note.owner === actor.id && note,
};
const write = changePress({
  ...aNote,
  screen: { inputs: ['text'], again: readPress({ ...aNote, show: ({ text }) => noticeCard('It', text) }) },
  decide: (note, { text, to = note.owner }) =>
    text === 'no'
      ? refuse('no', 'Not that.')
      : { state: { owner: to, text }, did: 'wrote', messages: [], said: text.length },
  show: ({ text }, { before, outcome }) =>
    noticeCard(isRefusal(outcome) ? outcome.say : `Wrote ${outcome.said}`, `${before.text} ${text}`),
});

describe('a press that changes something', () => {
  const first: Note = { owner: 'ash-manager', text: 'old' };
  const documentsOf = (state: Note) => keptDocuments([{ kind: noteKind, key: noteKey, state }]);

  it('is drawn from what was, what is, and what the decision said', async () => {
    const { documents, saves } = documentsOf(first);
    const turn = turnWith('ash-manager', council, documents);
    assert.deepEqual(await answerPress(write, { text: 'new' }, turn), noticeCard('Wrote 3', 'old new'));
    assert.equal(saves.length, 1);
    assert.deepEqual(await answerPress(write, { text: 'no' }, turn), noticeCard('Not that.', 'new new'));
    assert.equal(saves.length, 1);
  });

  it('is decided again when another save came first, for whoever may by then', async () => {
    const { documents, saves } = documentsOf(first);
    const stolen: typeof documents = {
      ...documents,
      // As storage does: on what it remembers first, and again on what is there.
      change: async (kind, key, by, decide) => {
        const outcome = decide((await documents.read(kind, key))!);
        assert.ok(!isRefusal(outcome));
        await documents.change(noteKind, noteKey, 'system', (note) => ({
          state: { ...note, owner: 'birch-manager' },
          did: 'moved',
          messages: [],
        }));
        return documents.change(kind, key, by, decide);
      },
    };
    const card = await answerPress(write, { text: 'My words' }, turnWith('ash-manager', council, stolen));
    assert.deepEqual(card, nothingHere('You wrote: “My words”'));
    assert.equal(saves.length, 1);
  });

  it('says that it is saved to whoever has handed it on by it', async () => {
    const { documents, saves } = documentsOf(first);
    const card = await answerPress(
      write,
      { text: 'new', to: 'birch-manager' },
      turnWith('ash-manager', council, documents),
    );
    assert.deepEqual(card, noticeCard('Done', 'It is saved.'));
    assert.equal(saves.length, 1);
  });

  it('gives back what was typed, and not what was only chosen', async () => {
    const { documents } = documentsOf(first);
    const given = (text: string) =>
      answerPress(write, { text, to: 'x' }, turnWith('cedar-manager', council, documents));
    assert.deepEqual(await given('Two words'), nothingHere('You wrote: “Two words”'));
    for (const value of ['made-safe', '2022-04-08', '23:58'])
      assert.deepEqual(await given(value), nothingHere());
  });
});
