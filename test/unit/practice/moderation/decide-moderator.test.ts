import assert from 'node:assert/strict';
import { Fault } from '../../../../src/practice/base/errors.js';
import type { AadObjectId, PersonId, ServiceId } from '../../../../src/practice/base/ids.js';
import {
  chooseModerator,
  explainModeratorChoice,
  type ModeratorSearch,
} from '../../../../src/practice/moderation/decide-moderator.js';
import { Organisation, type Person } from '../../../../src/practice/council/organisation.js';
import { localDate, type DateRange } from '../../../../src/practice/base/time.js';

const id = (text: string) => text as PersonId;
const on = localDate('2022-04-12');
const away: DateRange = { from: localDate('2022-04-11'), until: localDate('2022-04-22') };

function reviewer(name: string, more: Partial<Person> = {}): Person {
  return {
    id: id(name),
    name,
    email: `${name}@example.org`,
    aadObjectId: name as AadObjectId,
    roles: ['link-reviewer'],
    activeFrom: localDate('2021-01-01'),
    absences: [],
    ...more,
  };
}

function organisationOf(...people: Person[]): Organisation {
  return withLinkReviewer('ann', ...people);
}

function withLinkReviewer(name: string | undefined, ...people: Person[]): Organisation {
  const qa = id('qa');
  const service = {
    id: 'S1' as ServiceId,
    name: 'Assessment',
    ...(name === undefined ? {} : { linkReviewerId: id(name) }),
    serviceManagerId: qa,
    headOfServiceId: qa,
    assistantDirectorId: qa,
  };
  return new Organisation(1, { services: [service], teams: [], people, cases: [] });
}

function search(more: Partial<ModeratorSearch> = {}): ModeratorSearch {
  return { serviceId: 'S1' as ServiceId, tookPart: [], openModerations: new Map(), on, ...more };
}

const four = organisationOf(reviewer('dee'), reviewer('cas'), reviewer('ben'), reviewer('ann'));

describe('choosing the moderator', () => {
  it('takes the link reviewer of the Service, however much they have open', () => {
    const choice = chooseModerator(four, search({ openModerations: new Map([[id('ann'), 9]]) }));
    assert.deepEqual(choice, { moderatorId: 'ann', why: { is: 'link-reviewer-of-service' } });
    assert.deepEqual(explainModeratorChoice(choice), ['Moderated by the link reviewer of the Service.']);
  });

  it('passes over whoever took part, and takes the one with the fewest open', () => {
    const openModerations = new Map([
      [id('ben'), 2],
      [id('cas'), 1],
      [id('dee'), 3],
    ]);
    const choice = chooseModerator(four, search({ tookPart: [id('ann')], openModerations }));
    assert.deepEqual(choice, {
      moderatorId: 'cas',
      why: { is: 'fewest-open', open: 1, among: 3, linkReviewerPassedOver: 'took-part' },
    });
    assert.deepEqual(explainModeratorChoice(choice), [
      'The link reviewer of the Service took part in this PLR.',
      'Moderated by the one with the fewest open moderations (1) of 3 other link reviewers free.',
    ]);
  });

  it('settles a tie by id', () => {
    const choice = chooseModerator(four, search({ excused: [id('ann')] }));
    assert.equal('moderatorId' in choice && choice.moderatorId, 'ben');
  });

  it('passes over those away, among the others too', () => {
    const organisation = organisationOf(
      reviewer('ann', { absences: [away] }),
      reviewer('ben', { absences: [away] }),
      reviewer('cas'),
    );
    const choice = chooseModerator(organisation, search());
    assert.deepEqual(explainModeratorChoice(choice), [
      'The link reviewer of the Service is away.',
      'Moderated by the only other link reviewer free.',
    ]);
    assert.equal('moderatorId' in choice && choice.moderatorId, 'cas');
  });

  it('passes over a link reviewer who has left', () => {
    const organisation = organisationOf(
      reviewer('ann', { activeUntil: localDate('2022-03-31') }),
      reviewer('ben'),
    );
    const choice = chooseModerator(organisation, search());
    assert.equal(
      'why' in choice && choice.why.is === 'fewest-open' && choice.why.linkReviewerPassedOver,
      'not-active',
    );
  });

  it('chooses among the others while the post of link reviewer is vacant', () => {
    const choice = chooseModerator(withLinkReviewer(undefined, reviewer('ben')), search());
    assert.deepEqual(choice, {
      moderatorId: 'ben',
      why: { is: 'fewest-open', open: 0, among: 1, linkReviewerPassedOver: 'vacant' },
    });
    assert.equal(
      explainModeratorChoice(choice)[0],
      'The link reviewer of the Service is not named: the post is vacant.',
    );
    const nobody = chooseModerator(withLinkReviewer(undefined), search());
    assert.deepEqual(nobody, { none: 'nobody-free', passedOver: [] });
  });

  it('never takes somebody who is not a link reviewer', () => {
    const organisation = organisationOf(
      reviewer('ann', { absences: [away] }),
      reviewer('ben', { roles: ['manager'] }),
    );
    assert.ok('none' in chooseModerator(organisation, search()));
  });

  it('says that nobody is free, and why for each', () => {
    const organisation = organisationOf(
      reviewer('ann'),
      reviewer('ben', { absences: [away] }),
      reviewer('cas'),
    );
    const choice = chooseModerator(organisation, search({ tookPart: [id('ann')], excused: [id('cas')] }));
    assert.deepEqual(choice, {
      none: 'nobody-free',
      passedOver: [
        { personId: 'ann', because: 'took-part' },
        { personId: 'ben', because: 'absent' },
        { personId: 'cas', because: 'excused' },
      ],
    });
    assert.equal(
      explainModeratorChoice(choice)[0],
      'No link reviewer is free to moderate this PLR: the QA lead needs to name someone.',
    );
  });

  it('breaks on a Service that the roster does not know', () => {
    assert.throws(() => chooseModerator(four, search({ serviceId: 'S9' as ServiceId })), Fault);
  });
});
