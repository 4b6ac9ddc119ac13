import assert from 'node:assert/strict';
import { isRefusal } from '../../src/practice/base/errors.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { findingsOf, type Answers } from '../../src/practice/plr/answers.js';
import { answersOf } from '../conversation/returned-plrs.js';
import type { FoundInReview } from '../conversation/learning-council.js';
import type { LocalMonth } from './local-month.js';

/** A review by the standards it found strong and those it found to need work. */
const found = (strengths: string, developments: string): FoundInReview => ({
  strengths: strengths.split(' '),
  developments: developments.split(' '),
});

/** Three months in which children are heard, and plans and records need work: records less so at the end. */
export const firstMonth: readonly FoundInReview[] = [
  found('voice multi-agency risk', 'recording planning'),
  found('voice multi-agency', 'recording oversight'),
  found('voice risk identity', 'recording planning'),
  found('voice assessment multi-agency', 'planning recording oversight'),
  found('multi-agency voice', 'recording assessment'),
  found('voice risk outcomes', 'planning recording'),
  found('identity multi-agency', 'planning voice'),
];
export const secondMonth: readonly FoundInReview[] = [
  found('voice multi-agency', 'recording planning'),
  found('voice risk', 'recording oversight'),
  found('voice multi-agency assessment', 'planning recording'),
  found('voice identity', 'recording planning'),
  found('risk multi-agency', 'planning assessment'),
  found('voice outcomes', 'recording planning'),
  found('voice multi-agency', 'oversight identity'),
];
export const thirdMonth: readonly FoundInReview[] = [
  found('voice recording multi-agency', 'planning oversight'),
  found('voice recording', 'planning assessment'),
  found('voice risk', 'recording planning'),
  found('recording multi-agency', 'planning voice'),
  found('voice identity multi-agency', 'planning outcomes'),
  found('voice recording assessment', 'planning oversight'),
  found('voice multi-agency', 'recording planning'),
];

/** Colleagues of the manager return their reviews of the same service and cycle, one for each of these. */
export async function colleaguesReturn(
  { foundation, council }: Pick<LocalMonth, 'foundation' | 'council'>,
  { cycleId, serviceId }: Pick<Plr, 'cycleId' | 'serviceId'>,
  reviews: readonly FoundInReview[],
): Promise<void> {
  const { documents } = foundation.services;
  const { forms, now } = await council();
  const waiting = (await documents.list(plrKind, cycleId)).filter(
    (plr) => plr.serviceId === serviceId && plr.review.state === 'assigned',
  );
  assert.ok(waiting.length >= reviews.length, 'The sample council has enough reviews in this service.');
  for (const [at, review] of reviews.entries()) {
    const { ref, managerId } = waiting[at]!;
    const answers = answersTo(
      review,
      forms.current.sections.map(({ id }) => id),
    );
    const returned: Plr['review'] = {
      state: 'returned',
      formVersion: forms.current.version,
      answers,
      startedAt: now,
      returnedAt: now,
      returnedBy: managerId,
      completedBy: 'service',
      findings: findingsOf(answers, forms.current),
    };
    const result = await documents.change(plrKind, plrKey(cycleId, ref), managerId, (plr) => ({
      state: { ...plr, review: returned },
      did: 'returned',
      messages: [],
    }));
    assert.ok(!isRefusal(result));
  }
}

/** Each section of the form is about the standard of its name. */
function answersTo({ strengths, developments }: FoundInReview, sections: readonly string[]): Answers {
  const grade = (section: string) => (developments.includes(section) ? 'requires_improvement' : 'good');
  const answers = answersOf(sections, grade, 'good');
  const said = Object.entries(answers.sections).map(([section, answer]) => [
    section,
    {
      ...answer,
      workingWell: strengths.includes(section) ? answer.workingWell : '',
      needsToImprove: developments.includes(section) ? answer.needsToImprove : '',
    },
  ]);
  return { ...answers, sections: Object.fromEntries(said) as Answers['sections'] };
}
