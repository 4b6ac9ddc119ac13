import assert from 'node:assert/strict';
import { readUpdate, updateTyped } from '../../../../src/practice/actions/read-form.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import { draftWith } from '../../../../src/practice/moderation/blind-draft.js';
import type { Action } from '../../../../src/practice/plr/action.js';
import { aPlrWith, plannedAction } from '../../../builders/planned-actions.js';

describe('what did not come with a press stays as it was saved', () => {
  const [first] = aPlrWith([plannedAction()]).actions ?? [];
  assert.ok(first?.state === 'to-do');
  const saved = { evidence: 'A photo.', difference: 'She sleeps.', why: '' };
  const action: Action = { ...first, state: 'in-progress', typed: saved };

  it('of an action', () => {
    assert.deepEqual(readUpdate(updateTyped({ difference: ' She sings. ' }), action), {
      to: 'in-progress',
      typed: { ...saved, difference: 'She sings.' },
    });
    assert.deepEqual(readUpdate(updateTyped({ state: 'done' }), action), {
      to: 'done',
      evidence: 'A photo.',
      difference: 'She sleeps.',
    });
    assert.deepEqual(readUpdate(updateTyped({ evidence: '' }), action), {
      to: 'in-progress',
      typed: { ...saved, evidence: '' },
    });
  });

  it('of a blind grading', () => {
    const sections = [{ id: 'voice', mayBeNotApplicable: false }];
    const draft = {
      sections: { voice: { grade: 'good', reason: 'She is heard.' } },
      overall: 'good',
      reason: 'All of it.',
    } as const;
    const now = (step: Parameters<typeof draftWith>[1]) => {
      const result = draftWith(draft, step, sections);
      if (isRefusal(result)) assert.fail(result.say);
      return result;
    };
    assert.deepEqual(now({ page: 'voice' }), draft);
    assert.deepEqual(now({ page: 'overall' }), draft);
    assert.deepEqual(now({ page: 'voice', reason: 'No.' }).sections, {
      voice: { grade: 'good', reason: 'No.' },
    });
    assert.equal(now({ page: 'overall', grade: 'inadequate' }).reason, 'All of it.');
  });
});
