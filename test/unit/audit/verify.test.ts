import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyLog, linkOver, sha256, type LogHead, type LogLink } from '../../../src/audit/chain.js';
import { verifyPartition, type LoggedDocument, type LoggedLink } from '../../../src/audit/verify.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { instant } from '../../../src/practice/base/time.js';

const key = { partition: '2022-04', kind: 'plr', id: 'PLR-7K3M2Q' };
const at = instant('2022-04-01T08:00:00Z');

/** A document saved `length` times, with its log. */
function logged(length: number): { document: LoggedDocument; links: LogLink[] } {
  const links: LogLink[] = [];
  let head: LogHead = emptyLog;
  for (let n = 1; n <= length; n += 1) {
    const link = linkOver(
      head,
      key,
      { at, by: 'ash-manager' as PersonId, did: `saved ${n}` },
      sha256(`state ${n}`),
    );
    links.push(link);
    head = link;
  }
  const { sequence, hash } = head;
  return { document: { key, head: { sequence, hash }, stateHash: sha256(`state ${length}`) }, links };
}

async function check(documents: readonly LoggedDocument[], links: readonly LogLink[]) {
  async function* all(): AsyncGenerator<LoggedLink> {
    for (const link of links) yield await Promise.resolve({ key, link });
  }
  return verifyPartition('2022-04', documents, all());
}

const breachesOf = async (documents: readonly LoggedDocument[], links: readonly LogLink[]) =>
  (await check(documents, links)).findings.map(({ breach, sequence }) => `${sequence}: ${breach}`);

describe('the append-only log', () => {
  it('stands when nobody touched it', async () => {
    const { document, links } = logged(5);
    const { findings, documents, links: count } = await check([document], links);
    assert.deepEqual({ findings, documents, count }, { findings: [], documents: 1, count: 5 });
  });

  it('stands when more is saved while it is checked', async () => {
    const { links } = logged(5);
    const { document } = logged(3);
    assert.deepEqual(await breachesOf([document], links), []);
  });

  it('shows a change of any word in any link', async () => {
    const { document, links } = logged(4);
    const fields: (keyof LogLink)[] = ['at', 'by', 'did', 'stateHash', 'previous', 'hash'];
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.constantFrom(...fields), fc.string(), async (index, field, word) => {
        fc.pre(links[index]?.[field] !== word);
        const changed = links.map((link, n) => (n === index ? { ...link, [field]: word } : link));
        assert.notDeepEqual(await breachesOf([document], changed), []);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('shows a gap wherever it is: first, middle, last or all', async () => {
    const { document, links } = logged(4);
    for (let missing = 0; missing < links.length; missing += 1)
      assert.notDeepEqual(
        await breachesOf(
          [document],
          links.filter((_, n) => n !== missing),
        ),
        [],
      );
    assert.deepEqual(await breachesOf([document], links.slice(0, 3)), ['4: the end of the log is missing']);
    assert.deepEqual(await breachesOf([document], []), ['0: the document has no log']);
  });

  it('shows any other order', async () => {
    const { document, links } = logged(4);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(links, { minLength: 4 }), async (shuffled) => {
        fc.pre(shuffled.some((link, n) => link !== links[n]));
        assert.notDeepEqual(await breachesOf([document], shuffled), []);
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  it('shows a document that was changed past its log, or put back to what it was', async () => {
    const { document, links } = logged(4);
    const changed = { ...document, stateHash: sha256('another state') };
    const putBack = { ...document, stateHash: sha256('state 2') };
    for (const one of [changed, putBack])
      assert.deepEqual(await breachesOf([one], links), ['4: the document was changed past its log']);
  });

  it('shows a document that was deleted with its log left behind', async () => {
    const { links } = logged(2);
    assert.deepEqual(await breachesOf([], links), ['2: the document is gone']);
  });

  it('gives another head hash for a log that was rebuilt whole, so that a copy kept elsewhere tells', async () => {
    const { document, links } = logged(2);
    let head: LogHead = emptyLog;
    const rebuilt = links.map((link) => {
      const { at: when, by, stateHash } = link;
      const next = linkOver(head, key, { at: when, by, did: 'saved nothing' }, stateHash);
      head = next;
      return next;
    });
    const last = rebuilt.at(-1);
    assert.ok(last);
    const forged = { ...document, head: { sequence: last.sequence, hash: last.hash } };
    const before = await check([document], links);
    const after = await check([forged], rebuilt);
    assert.deepEqual(after.findings, []);
    assert.notEqual(after.headHash, before.headHash);
  });
});
