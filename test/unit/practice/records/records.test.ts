import assert from 'node:assert/strict';
import { features, plrOf } from '../../../../src/features.js';
import { plrDocument } from '../../../../src/documents/plr-document.js';
import { decideChange } from '../../../../src/practice/cycles/changes/change.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { purge } from '../../../../src/practice/records/decide-purge.js';
import { removed, removedHere, type AttachedRecord } from '../../../../src/practice/plr/record.js';
import { endedAt, purgeAt, readyAt } from '../../../../src/practice/plr/retention.js';
import { recordCard } from '../../../../src/practice/records/cards.js';
import { recordContent } from '../../../../src/practice/records/content.js';
import { recordPart } from '../../../../src/practice/records/part.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { instant } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { openWord } from '../../documents/word-reader.js';
import { at, by, word, wordy } from './wordy.js';

const record: AttachedRecord = {
  state: 'attached',
  readyAt: at,
  attachedAt: at,
  attachedBy: 'business-support' as PersonId,
  purgeAt: instant('2022-07-19T09:00:00Z'),
};
/** Each text with the path to it. */
function textsIn(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => textsIn(value, `${path}.${name}`));
}

/** What the purge says is kept nowhere; that, and only that, is not in the document for the child's record. */
async function removedFromHereAlone(plr: Plr): Promise<string[]> {
  const content = recordContent(plr, aContext());
  const document = content && openWord(await plrDocument(content)).paragraphs.join('\n');
  const left = new Map(textsIn(purge(plr, at)));
  const written = textsIn(plr).filter(([, text]) => text.startsWith(word));
  assert.deepEqual(
    written.map(([path]) => [path, left.get(path)]),
    written.map(([path, text]) => [path, document?.includes(text) === true ? removed : removedHere]),
  );
  return written.filter(([path]) => left.get(path) === removedHere).map(([, text]) => text);
}

describe('the record of a PLR', () => {
  it('is ready as soon as everything is settled, and after 28 days at the latest', () => {
    const plr = wordy();
    assert.equal(plr.review.state, 'returned');
    const returnedAt = plr.review.state === 'returned' ? plr.review.returnedAt : at;
    assert.equal(readyAt(plr), returnedAt);
    const open = wordy({ alert: { ...plr.alert, state: 'gripped' } as never });
    assert.equal(Date.parse(readyAt(open) ?? '') - Date.parse(returnedAt), 28 * 24 * 3_600_000);
    assert.equal(readyAt(aReview().complete().build()), undefined);
    assert.equal(readyAt({ ...plr, record: { state: 'waiting', readyAt: at } }), undefined);
  });

  it('tells business support once, and the QA lead while nobody has that role', () => {
    const council = aContext({ at: '2022-06-01T09:00:00Z' });
    const change = recordPart.whenDue?.(wordy(), council.now, council);
    assert.deepEqual(
      change?.messages.map(({ key, to }) => [key, to]),
      [['record.PLR-7K3M2Q.ready.business-support', { person: 'business-support' }]],
    );
    assert.ok(change);
    assert.equal(recordPart.whenDue?.(change.state, council.now, council), undefined);
    const { organisation } = council;
    const people = organisation.roster.people.filter(({ roles }) => !roles.includes('business-support'));
    const without = aContext({ at: '2022-06-01T09:00:00Z', roster: { ...organisation.roster, people } });
    const told = recordPart.whenDue?.(wordy(), council.now, without)?.messages ?? [];
    assert.deepEqual(
      told.map(({ to }) => to),
      [{ person: 'qa-lead' }],
    );
  });
});

describe('what is said after the attachment', () => {
  const council = aContext({ at: '2023-01-01T09:00:00Z' });
  const later = instant('2022-05-20T09:00:00Z');
  const verifiedAt = (when: typeof at) =>
    wordy().actions.map((one) => ({ ...one, verifiedAt: when }) as never);
  const due = (plr: Plr) => recordPart.whenDue?.(plr, council.now, council);

  it('brings the document to business support again when the last of it has ended, and waits with the purge', () => {
    const plr = wordy({ record, actions: verifiedAt(later) });
    assert.equal(purgeAt(plr), undefined);
    const again = due(plr);
    const told = ['business-support'];
    assert.deepEqual(again?.state.record, {
      state: 'waiting',
      readyAt: council.now,
      told,
      attachedBefore: [at],
    });
    assert.deepEqual(
      again?.messages.map(({ key }) => key),
      ['record.PLR-7K3M2Q.ready.2.business-support'],
    );
    assert.match(
      JSON.stringify(recordCard(again.state, council).data),
      /since it was attached on 20 April 2022/,
    );
    assert.equal(due(again.state), undefined);
    const twice = { ...record, attachedAt: later, attachedBefore: [at] };
    const third = due(wordy({ record: twice, actions: verifiedAt(council.now) }));
    assert.match(third?.messages[0]?.key ?? '', /ready\.3\./);
  });

  it('does so even when the rest is purged already, and after a grade was agreed without a word', () => {
    const purged = { ...record, state: 'purged', purgedAt: record.purgeAt } as const;
    assert.equal(due(wordy({ record: purged, actions: verifiedAt(later) })), undefined);
    const reopened = due(wordy({ record: purged, actions: verifiedAt(instant('2022-08-01T09:00:00Z')) }));
    assert.equal(reopened?.state.record?.state, 'waiting');
    const agreed = { ...wordy().moderation, state: 'agreed', agreed: { by, at: later } } as never;
    assert.equal(due(wordy({ record, moderation: agreed }))?.state.record?.state, 'waiting');
  });

  it('does not while anything is still open, nor for what had ended before', () => {
    const open = wordy({ record, alert: { ...wordy().alert, state: 'gripped' } as never });
    assert.deepEqual([readyAt(open), purgeAt(open), endedAt(open)], [undefined, undefined, undefined]);
    assert.equal(readyAt(wordy({ record })), undefined);
    assert.equal(purgeAt(wordy({ record })), record.purgeAt);
  });
});

describe('the purge', () => {
  it('leaves no word that anyone wrote', () => {
    const plr = wordy({ record });
    assert.ok(JSON.stringify(plr).split(word).length > 30);
    const left = JSON.stringify(purge(plr, instant('2022-07-20T09:00:00Z')));
    assert.doesNotMatch(left, new RegExp(word));
    assert.match(left, new RegExp(removed));
  });

  it('says of each text what is true: that it is in the child’s record, or that it is kept nowhere', async () => {
    assert.deepEqual(await removedFromHereAlone(wordy({ record })), [
      `${word} last`,
      `${word} former self`,
      `${word} because`,
      `${word} wish`,
      `${word} handed on`,
      `${word} confirmed`,
      `${word} next time`,
    ]);
  });

  it('leaves the same figures', () => {
    const plr = wordy({ record });
    const { record: before, ...figures } = figuresOf(plr, 'Europe/London');
    const { record: after, ...left } = figuresOf(purge(plr, at), 'Europe/London');
    assert.deepEqual(left, figures);
    assert.deepEqual([before?.state, after?.state], ['attached', 'purged']);
  });

  it('leaves what is a code and not somebody’s word', () => {
    const purged = purge(wordy({ record }), at);
    assert.equal(purged.moderation?.reason.why, 'inadequate');
    assert.equal(purged.alert?.reasons[0]?.because, 'immediate-concern');
    assert.deepEqual(purged.draw, wordy().draw);
  });

  it('waits for the attachment, the time, and the end of everything; never comes under a legal hold', () => {
    const council = aContext({ at: '2023-01-01T09:00:00Z' });
    const due = (plr: Plr) => recordPart.whenDue?.(plr, council.now, council)?.did;
    assert.equal(purgeAt(wordy({ record })), record.purgeAt);
    assert.equal(due(wordy({ record })), 'purged the narrative');
    assert.equal(due(wordy({ record: { state: 'waiting', readyAt: at } })), undefined);
    assert.equal(due(wordy({ record, hold: { since: at, reason: 'Court' } })), undefined);
    assert.equal(due(wordy({ record, alert: { ...wordy().alert, state: 'gripped' } as never })), undefined);
    const early = instant('2022-07-19T08:59:59Z');
    assert.equal(recordPart.whenDue?.(wordy({ record }), early, council), undefined);
  });

  it('is due by the PLR’s own due row, and not a second time', () => {
    const later = plrOf(features).dueAt?.(purge(wordy({ record }), at));
    assert.equal(later, undefined);
  });
});

describe('a review that was exempted, drawn again or withdrawn', () => {
  const council = aContext({ at: '2023-01-01T09:00:00Z' });
  const { alert } = wordy();
  const self = { text: `${word} self`, savedAt: at, saves: 1 };
  const typing = { 'voice.working-well': `${word} voice`, 'concern.what': `${word} concern` };
  const draft = aReview()
    .draft()
    .typing({ ...typing, 'concern.immediate': 'yes', 'overall.reason': `${word} overall` })
    .with({ selfAssessment: self })
    .build();
  /** Closed on 7 April 2022 at 10:00. */
  const closed = (facts: Partial<Plr> = {}): Plr => {
    const decision = { number: 1, outcome: 'leave', because: `${word} because`, by } as const;
    const changed = decideChange({ ...draft, ...facts }, decision, aContext({ at: '2022-04-07T09:00:00Z' }));
    assert.ok('state' in changed);
    return changed.state;
  };

  it('loses what was written by then after the council’s time, and says that it is kept nowhere', async () => {
    const plr = closed();
    assert.equal(purgeAt(plr), '2022-07-06T09:00:00.000Z');
    assert.equal(recordPart.dueAt?.(plr), '2022-07-06T09:00:00.000Z');
    const purged = recordPart.whenDue?.(plr, council.now, council)?.state;
    assert.ok(purged);
    assert.doesNotMatch(JSON.stringify(purged), new RegExp(word));
    assert.equal(recordPart.dueAt?.(purged), undefined);
    assert.equal((await removedFromHereAlone(plr)).length, 6);
    assert.deepEqual(figuresOf(purged, 'Europe/London'), figuresOf(plr, 'Europe/London'));
  });

  it('keeps it under a legal hold, and counts 90 days where no time was set', () => {
    assert.equal(purgeAt(closed({ hold: { since: at, reason: 'Court' } })), undefined);
    const before = aReview().exempt().with({ selfAssessment: self }).build();
    assert.ok(before.review.state === 'exempt' && before.review.purgeAt === undefined);
    assert.equal(purgeAt(before), '2022-07-04T09:00:00.000Z');
  });

  it('goes to the child’s record when there was an alert, with what was said of the child’s safety', async () => {
    const open = closed({ alert: { ...alert, state: 'gripped' } as never });
    assert.deepEqual([purgeAt(open), readyAt(open)], [undefined, '2022-05-05T09:00:00.000Z']);
    const plr = closed({ alert: alert! });
    assert.equal(purgeAt(plr), undefined);
    assert.equal(recordPart.whenDue?.(plr, council.now, council)?.state.record?.state, 'waiting');
    assert.equal(purgeAt({ ...plr, record }), record.purgeAt);
    const document = JSON.stringify(recordContent(plr, aContext()));
    assert.match(document, /Closed without a review.*7 April 2022/);
    assert.match(document, /Immediate concern: Marker concern/);
    assert.deepEqual(await removedFromHereAlone({ ...plr, record }), [
      `${word} because`,
      `${word} voice`,
      `${word} because`,
    ]);
    const purged = JSON.stringify(recordContent(purge({ ...plr, record }, at), aContext()));
    assert.match(purged, /Immediate concern: Removed/);
    assert.doesNotMatch(purged, /No immediate concern/);
  });
});

describe('the document for the child’s record', () => {
  it('has headings, tables with header rows, British dates and all that was written', async () => {
    const content = recordContent(wordy(), aContext());
    assert.ok(content);
    const opened = openWord(await plrDocument(content));
    assert.ok(opened.tables.every(({ hasHeaderRow }) => hasHeaderRow));
    assert.equal(opened.tables.length, 2);
    assert.match(opened.parts.document, /w:pStyle w:val="Heading1"/);
    assert.match(opened.parts.styles, /en-GB/);
    const text = opened.paragraphs.join('\n');
    assert.match(text, /\d{1,2} April 2022/);
    for (const field of ['voice.working-well', 'risk.to-improve', 'concern', 'self', 'direction', 'settled'])
      assert.match(text, new RegExp(`${word} ${field}`), field);
    assert.match(text, /Birch Manager stated on 20 April 2022 at 10:00: The child is not safe yet/);
  });

  it('says which grade stands, and how that came about', () => {
    const said = (moderation: object) => {
      const plr = wordy({ moderation: { ...wordy().moderation, ...moderation } as never });
      return JSON.stringify(recordContent(plr, aContext()));
    };
    const ri = /"Overall grade","Requires improvement to be good"/;
    const agreed = said({ state: 'agreed', agreed: { by, at } });
    assert.match(agreed, ri);
    assert.match(
      agreed,
      /Birch Manager agreed on 20 April 2022: Requires improvement to be good is the grade that stands/,
    );
    assert.match(agreed, /The reviewer gave Good: Marker overall.reason/);
    const settled = said({ state: 'settled' });
    assert.match(settled, ri);
    assert.match(
      settled,
      /Settled by Birch Manager on 20 April 2022 as Requires improvement to be good: Marker/,
    );
    assert.match(said({ state: 'settled', disputed: undefined }), /The manager did not answer\./);
    const { settled: grade } = wordy().moderation as unknown as { settled: object };
    assert.match(
      said({ state: 'settled', settled: { ...grade, nobodyElse: true } }),
      /They had given one of the two grades themselves: no other QA lead was there/,
    );
    for (const state of ['graded', 'disputed']) {
      const open = said({ state });
      assert.match(open, /"Overall grade","Good"/);
      assert.match(open, /Not (agreed|settled) yet: the reviewer’s grade stands until then/);
    }
    assert.match(said({ state: 'disputed' }), /did not agree on 20 April 2022: Marker disputed/);
  });

  it('shows hostile text as it was typed, and stays a file that Word opens', async () => {
    const typed = '<w:p>&amp;\u0000\u0008\u202e ${x} =HYPERLINK("x")\ud800 end\u2029';
    const content = recordContent(
      wordy({ selfAssessment: { text: typed, savedAt: at, saves: 1 } }),
      aContext(),
    );
    assert.ok(content);
    const { paragraphs, parts } = openWord(await plrDocument(content));
    assert.ok(paragraphs.some((text) => text.includes('<w:p>&amp; ${x} =HYPERLINK("x")\ufffd end')));

    assert.doesNotMatch(parts.document, /[\u0000-\u0008\u202e\ud800]/);
  });

  it('is not made of a PLR that is not returned', () => {
    assert.equal(recordContent(aReview().exempt().build(), aContext()), undefined);
    assert.equal(recordContent(aReview().complete().build(), aContext()), undefined);
  });
});
