import assert from 'node:assert/strict';
import { Cards } from '../../../../src/cards/cards.js';
import type { CardContent } from '../../../../src/practice/surface/feature.js';
import { longText, stepsOf } from '../../../../src/practice/forms/form-steps.js';
import type { DraftReview, ReturnedReview } from '../../../../src/practice/plr/review.js';
import { returnedCard, summaryCard } from '../../../../src/practice/reviews/cards-summary.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview, type PlrBuilder, type Typing } from '../../../builders/a-plr.js';

interface Row {
  readonly title: string;
  readonly answer: string;
  readonly texts: readonly { readonly label: string; readonly text: string }[];
}
interface Group {
  readonly say: string;
  readonly parts: readonly {
    readonly part: string;
    readonly goThere: string;
    readonly go: { readonly goTo: string };
  }[];
}

const council = aContext();

function summaryOf(review: PlrBuilder, checked = false): CardContent {
  const plr = review.build();
  return summaryCard(plr, plr.review as DraftReview, council, { checked });
}

const rowsOf = ({ data }: CardContent) => (data as { rows: readonly Row[] }).rows;
const rowOf = (card: CardContent, title: string) => rowsOf(card).find((row) => row.title === `${title}: `)!;

/** What is said above "Return this PLR", and the parts its buttons lead to. */
function unfinishedOf(review: PlrBuilder): { say: string; buttons: string[]; goTo: string[] }[] {
  return (summaryOf(review).data as { unfinished: readonly Group[] }).unfinished.map(({ say, parts }) => ({
    say,
    buttons: parts.map(({ part, goThere }) => `${part}: ${goThere}`),
    goTo: parts.map(({ go }) => go.goTo),
  }));
}
const unfinished = (typing: Typing) => unfinishedOf(aReview().complete().typing(typing));

describe('the check page of a review', () => {
  it('says which text is what is working well and which is what needs to improve', () => {
    assert.deepEqual(rowOf(summaryOf(aReview().complete()), 'Recording').texts, [
      { label: 'What is working well: ', text: 'What works in recording.' },
      { label: 'What needs to improve: ', text: 'What to do better in recording.' },
    ]);
  });

  it('leaves out a text that is empty, and keeps the label of the other', () => {
    const card = summaryOf(aReview().complete().typing({ 'recording.working-well': ' ' }));
    assert.deepEqual(
      rowOf(card, 'Recording').texts.map(({ label }) => label),
      ['What needs to improve: '],
    );
  });

  it('needs no label where a part asks for one text alone', () => {
    assert.deepEqual(rowOf(summaryOf(aReview().complete()), 'Overall grade').texts, [
      { label: '', text: 'Steady work.' },
    ]);
  });

  it('puts nothing between a label that asks and its answer but a space', () => {
    const card = summaryOf(aReview().complete().typing({ 'family.why': 'They had moved.' }));
    assert.deepEqual(rowOf(card, 'Feedback from the child and family').texts, [
      { label: 'What they said: ', text: 'They feel heard.' },
      { label: 'If you did not ask: why not? ', text: 'They had moved.' },
    ]);
  });

  it('shows the beginning of each text, never one text at the cost of the other', () => {
    const long = 'a b '.repeat(400);
    const card = summaryOf(
      aReview().complete().typing({ 'risk.working-well': long, 'risk.to-improve': long }),
    );
    const texts = rowOf(card, 'Risk and safeguarding').texts.map(({ text }) => text);
    assert.equal(texts.length, 2);
    for (const text of texts) assert.ok(text.endsWith('…') && text.length <= 80, text);
  });

  it('says nothing above the return when all is answered', () => {
    assert.deepEqual(unfinished({}), []);
  });

  it('says how many parts are not answered, with a button to each', () => {
    assert.deepEqual(unfinished({ 'recording.grade': '', 'overall.grade': '', 'overall.reason': '' }), [
      {
        say: '2 parts are not answered yet:',
        buttons: ['7. Recording: Answer 7', '13. Overall grade: Answer 13'],
        goTo: ['recording', 'overall'],
      },
    ]);
    assert.equal(unfinished({ 'recording.grade': '' })[0]?.say, '1 part is not answered yet:');
  });

  it('tells a part that is answered but not in full from one that is not answered', () => {
    assert.deepEqual(
      unfinished({ 'recording.grade': '', 'risk.grade': 'inadequate', 'risk.to-improve': '' }).map(
        ({ say, buttons }) => [say, ...buttons],
      ),
      [
        ['1 part is not answered yet:', '7. Recording: Answer 7'],
        ['1 part needs something more:', '3. Risk and safeguarding: Change 3'],
      ],
    );
  });

  it('counts a concern that waits to be confirmed as answered, with something more to do', () => {
    const plr = aReview().complete().typing({ 'concern.immediate': '' }).build();
    const review = {
      ...(plr.review as DraftReview),
      unconfirmed: { save: 1, by: plr.managerId, since: council.now, reminded: [] },
    };
    const { unfinished: groups } = summaryCard({ ...plr, review }, review, council).data as {
      unfinished: readonly Group[];
    };
    assert.deepEqual(
      groups.map(({ say, parts }) => [say, ...parts.map(({ part, goThere }) => `${part}: ${goThere}`)]),
      [['1 part needs something more:', '12. Immediate concern: Change 12']],
    );
  });

  it('counts each part once, however much is missing in it', () => {
    assert.deepEqual(
      unfinished({ 'together.on': '', 'together.part': '' }).map(({ say }) => say),
      ['1 part needs something more:'],
    );
  });

  it('asks for an action where the grade calls for one, and not where it does not', () => {
    const none = { 'actions.1.what': '', 'actions.1.owner': '', 'actions.1.due': '' };
    assert.deepEqual(unfinished(none), []);
    const [group] = unfinished({ ...none, 'overall.grade': 'requires_improvement' });
    assert.deepEqual(group?.goTo, ['actions']);
  });

  it('counts every part but the actions in a draft with nothing answered', () => {
    const [group, ...others] = unfinishedOf(aReview().draft());
    assert.equal(group?.say, '13 parts are not answered yet:');
    assert.deepEqual(others, []);
  });

  it('stays under 25 KB with the longest texts, and with everything missing', () => {
    const cards = new Cards();
    const fields = stepsOf(council.forms.current).flatMap(({ fields: all }) => all);
    const texts = fields.filter(({ kind }) => kind === 'text').map(({ id }) => [id, 'ф'.repeat(longText)]);
    const full = summaryOf(
      aReview()
        .complete()
        .typing(Object.fromEntries(texts) as Typing),
      true,
    );
    const noGrades = fields.filter(({ kind }) => kind === 'choice').map(({ id }) => [id, '']);
    const gaps = Object.fromEntries([...texts, ...noGrades]) as Typing;
    for (const card of [full, summaryOf(aReview().complete().typing(gaps), true)])
      assert.ok(Buffer.byteLength(JSON.stringify(cards.render(card))) < 25 * 1024);
  });
});

describe('the card of a returned review', () => {
  it('says which text is what is working well and which is what needs to improve', () => {
    const plr = aReview().returned().build();
    assert.deepEqual(rowsOf(returnedCard(plr, plr.review as ReturnedReview, council))[0]?.texts, [
      { label: 'What is working well: ', text: 'What works in voice.' },
      { label: 'What needs to improve: ', text: 'What to do better in voice.' },
    ]);
  });
});
