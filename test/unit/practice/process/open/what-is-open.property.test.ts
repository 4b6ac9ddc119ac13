import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRefusal } from '../../../../../src/practice/base/errors.js';
import { addDays, addHours } from '../../../../../src/practice/base/time.js';
import type { Roster } from '../../../../../src/practice/council/organisation.js';
import { approveBrief } from '../../../../../src/practice/learning/decide-approval.js';
import { postedNow } from '../../../../../src/practice/learning/decide-post.js';
import type { Brief } from '../../../../../src/practice/learning/brief.js';
import { briefKind } from '../../../../../src/practice/learning/brief-kind.js';
import { withPost } from '../../../../../src/practice/learning/part.js';
import { plrKey, type Plr } from '../../../../../src/practice/plr/plr.js';
import type { OpenRows } from '../../../../../src/practice/plr/ports.js';
import { briefKey } from '../../../../../src/practice/learning/brief.js';
import { whatIsOpen } from '../../../../../src/practice/process/open/what-is-open.js';
import { aDraftedBrief } from '../../../../builders/a-brief.js';
import { aContext } from '../../../../builders/a-context.js';
import { smallCouncil } from '../../../../builders/small-council.js';
import { anyHistory, lead, lived, people, plrKind } from './histories.js';
import { inOneLine, recount } from './recount.js';

/** The roster at the time of looking: somebody has left or is away, and a case has moved. */
const anyRoster = fc
  .record({
    left: fc.subarray(
      people.map(({ id }) => id),
      { maxLength: 4 },
    ),
    away: fc.subarray(
      people.map(({ id }) => id),
      { maxLength: 4 },
    ),
    moved: fc.boolean(),
  })
  .map(({ left, away, moved }): Roster => {
    const roster = smallCouncil();
    const until = aContext().today;
    return {
      ...roster,
      people: roster.people.map((one) => ({
        ...one,
        ...(left.includes(one.id) ? { activeUntil: until } : {}),
        ...(away.includes(one.id) ? { absences: [{ from: until, until: addDays(until, 300) }] } : {}),
      })),
      cases: roster.cases.map((one) =>
        moved && one.teamId === 'birch' ? { ...one, teamId: roster.teams[3]!.id } : one,
      ),
    };
  });

const anyBrief: fc.Arbitrary<Brief> = fc
  .record({ approved: fc.boolean(), posted: fc.nat(2) })
  .map(({ approved, posted }) => {
    const council = aContext({ at: '2022-05-05T09:00:00Z' });
    const draft = aDraftedBrief();
    const decided = approved ? approveBrief(draft, lead.id, council) : { state: draft };
    assert.ok(!isRefusal(decided));
    const posts = decided.state.posting?.posts ?? [];
    return posts.slice(0, posted).reduce<Brief>((brief, post) => {
      const now = { ...council, now: addHours(council.now, 24) };
      return post.state === 'scheduled' ? withPost(brief, postedNow(post, now)) : brief;
    }, decided.state);
  });

/** What storage keeps beside each document, as it comes back from there. */
function rowsOf(plrs: readonly Plr[], briefs: readonly Brief[]): OpenRows {
  const all = [
    ...plrs.map((plr) => ({ key: plrKey(plr.cycleId, plr.ref), open: plrKind.open?.(plr) })),
    ...briefs.map((brief) => ({
      key: briefKey(brief.cycleId, brief.serviceId),
      open: briefKind.open?.(brief),
    })),
  ];
  const kept = all.filter(({ open }) => open !== undefined);
  return { documents: JSON.parse(JSON.stringify(kept)) as OpenRows['documents'], lost: [] };
}

describe('what is open after any history', () => {
  it('is what a recount of all whole documents finds, with the roster and the time as they are then', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        anyHistory,
        anyRoster,
        fc.array(anyBrief, { maxLength: 1 }),
        fc.nat(90),
        (history, roster, briefs, days) => {
          const { plrs, now } = lived(history);
          const council = aContext({ at: addHours(now, 24 * days), roster });
          const open = whatIsOpen(rowsOf(plrs, briefs), council).filter(({ kind }) => kind !== 'vacancy');
          for (const { kind } of open) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          assert.deepEqual(open.map(inOneLine).sort(), recount(plrs, briefs, council));
        },
      ),
      { numRuns: 400, seed: 1_8 },
    );
    // Each kind came up, or the property says nothing of it.
    const kinds = [
      'alert-unacknowledged',
      'alert-not-safe',
      'alert-grip-due',
      'alert-to-close',
      'concern-begun',
      'message-undelivered',
    ];
    const others = [
      'review-not-returned',
      'moderation-to-do',
      'moderation-to-answer',
      'moderation-to-settle',
    ];
    const rest = [
      'action',
      'change-to-decide',
      'brief-to-approve',
      'meeting-not-discussed',
      'document-to-attach',
    ];
    assert.deepEqual(
      [...kinds, ...others, ...rest].filter((kind) => !seen.has(kind)),
      [],
    );
  });
});
