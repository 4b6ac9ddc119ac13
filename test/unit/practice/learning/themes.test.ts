import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CycleId, PersonId, PlrRef, ServiceId, StandardId } from '../../../../src/practice/base/ids.js';
import { checkText, buildFirewall } from '../../../../src/practice/firewall/identifier-firewall.js';
import { recurringThemes } from '../../../../src/practice/learning/recurring.js';
import { countForChannel, countThemes, type ThemeGroup } from '../../../../src/practice/learning/themes.js';
import type { PlrFigures, ComplianceStatus } from '../../../../src/practice/plr/figures.js';
import type { FindingKind } from '../../../../src/practice/plr/answers.js';
import { localDate, month } from '../../../../src/practice/base/time.js';
import { firewallOrganisation } from '../../../builders/firewall-roster.js';

const returned: ComplianceStatus = {
  is: 'returned',
  on: localDate('2022-04-20'),
  completedBy: 'service',
  late: false,
};

function figures(serviceId: string, findings: string[], over: Partial<PlrFigures> = {}): PlrFigures {
  return {
    ref: 'PLR-7K3M2Q' as PlrRef,
    cycleId: '2022-04' as CycleId,
    kind: 'monthly',
    source: 'bot',
    serviceId: serviceId as ServiceId,
    managerId: 'm1' as PersonId,
    sentOn: localDate('2022-04-01'),
    dueOn: localDate('2022-04-29'),
    standing: returned,
    grades: {},
    actions: [],
    findings: findings.map((finding) => {
      const [kind, standard] = finding.split(' ');
      return { kind: kind as FindingKind, standard: standard as StandardId };
    }),
    ...over,
  };
}

const many = (count: number, serviceId: string, findings: string[]) =>
  Array.from({ length: count }, () => figures(serviceId, findings));

const themesOf = (group: ThemeGroup) => {
  assert.ok(group.is === 'shown');
  return group.themes;
};

describe('themes', () => {
  it('counts the returned reviews with a finding, against the period before', () => {
    const now = [...many(6, 'east', ['development recording']), ...many(6, 'east', ['strength voice'])];
    const before = [...many(5, 'east', ['development recording']), ...many(9, 'east', [])];
    const [first, second] = themesOf(countThemes(now, before).services[0]!.group);
    assert.deepEqual(first, {
      standard: 'recording',
      kind: 'development',
      n: 6,
      of: 12,
      previous: { n: 5, of: 14 },
      change: '6 of 12, was 5 of 14',
      changeForChannel: '6 of 12, was 5 of 14',
    });
    assert.equal(second?.change, '6 of 12, was 0 of 14');
    assert.equal(second?.changeForChannel, '6 of 12, was none of 14');
  });

  it('shows a theme that has gone since the period before', () => {
    const [theme] = themesOf(
      countThemes(many(5, 'east', []), many(5, 'east', ['development recording'])).whole,
    );
    assert.equal(theme?.change, '0 of 5, was 5 of 5');
  });

  it('counts a standard once in a review that names it twice', () => {
    const twice = many(5, 'east', ['development recording', 'development recording']);
    assert.equal(themesOf(countThemes(twice, []).whole)[0]?.n, 5);
  });

  it('compares with nothing when the period before had too few reviews', () => {
    const [theme] = themesOf(
      countThemes(many(5, 'east', ['strength voice']), many(4, 'east', ['strength voice'])).whole,
    );
    assert.equal(theme?.previous, null);
    assert.equal(theme?.change, '5 of 5');
  });

  it('merges a service with fewer than 5 returned reviews up to the whole, and says so', () => {
    const counts = countThemes([...many(4, 'west', ['strength voice']), ...many(6, 'east', [])], []);
    assert.deepEqual(counts.services.find(({ serviceId }) => serviceId === 'west')?.group, {
      is: 'withheld',
      say: 'Not shown for this service; included in the whole.',
    });
    assert.equal(themesOf(counts.whole)[0]?.change, '4 of 10');
  });

  it('leaves out reviews not returned and the spreadsheets of the past, which carry no findings', () => {
    const drafts = many(3, 'east', ['strength voice']).map((one) => ({
      ...one,
      standing: { is: 'draft' } as const,
    }));
    const history = many(3, 'east', []).map((one) => ({ ...one, source: 'history' as const }));
    const { whole } = countThemes([...drafts, ...history, ...many(5, 'east', ['strength voice'])], []);
    assert.equal(themesOf(whole)[0]?.change, '5 of 5');
  });

  it('says nothing to a channel that the firewall would stop', () => {
    const firewall = buildFirewall(firewallOrganisation());
    for (let of = 5; of <= 30; of += 1) {
      for (let n = 0; n <= of; n += 1) {
        assert.deepEqual(checkText(firewall, `Recording: ${countForChannel({ n, of }, 5)} reviews`), []);
      }
    }
  });

  const anyFigures = fc.array(
    fc
      .tuple(
        fc.constantFrom('east', 'west', 'north'),
        fc.array(fc.constantFrom('development recording', 'strength recording', 'strength voice')),
        fc.boolean(),
      )
      .map(([serviceId, findings, isReturned]) =>
        figures(serviceId, findings, isReturned ? {} : { standing: { is: 'assigned' } }),
      ),
    { maxLength: 40 },
  );

  it('never shows a group under the threshold, and its services never add up to more than the whole', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, fc.integer({ min: 1, max: 8 }), (now, before, smallCount) => {
        const { services, whole } = countThemes(now, before, { smallCount });
        const groups = [whole, ...services.map(({ group }) => group)];
        for (const group of groups) {
          if (group.is === 'withheld') continue;
          assert.ok(group.of >= smallCount);
          for (const { n, of, previous } of group.themes) {
            assert.ok(n <= of && of === group.of);
            assert.ok(previous === null || (previous.of >= smallCount && previous.n <= previous.of));
          }
        }
        if (services.every(({ group }) => group.is === 'shown') && whole.is === 'shown') {
          for (const { standard, kind, n } of whole.themes) {
            const parts = services.flatMap(({ group }) => themesOf(group));
            const sum = parts
              .filter((theme) => theme.standard === standard && theme.kind === kind)
              .reduce((so, theme) => so + theme.n, 0);
            assert.equal(sum, n);
          }
        }
      }),
      { seed: 20220607, numRuns: 300 },
    );
  });
});

describe('recurring themes', () => {
  const year = (found: readonly number[]) =>
    found.map((count, at) => ({
      month: month(`2022-0${at + 1}`),
      figures: [
        ...many(count, 'east', ['development recording']),
        ...many(6 - count, 'east', ['strength voice']),
      ],
    }));

  it('lists an area for development found in three of the last four months', () => {
    assert.deepEqual(
      recurringThemes(year([0, 3, 0, 2, 4])).map((row) => ({ ...row })),
      [
        { serviceId: null, standard: 'recording', months: ['2022-02', '2022-04', '2022-05'], n: 9, of: 18 },
        { serviceId: 'east', standard: 'recording', months: ['2022-02', '2022-04', '2022-05'], n: 9, of: 18 },
      ],
    );
  });

  it('forgets what is more than four months ago', () => {
    assert.deepEqual(recurringThemes(year([3, 3, 0, 0, 4])), []);
  });

  it('does not take a single review for a theme', () => {
    assert.deepEqual(recurringThemes(year([1, 1, 1, 1])), []);
  });

  it('counts a small service only towards the whole', () => {
    const months = ['2022-01', '2022-02', '2022-03'].map((one) => ({
      month: month(one),
      figures: [...many(3, 'west', ['development planning']), ...many(5, 'east', [])],
    }));
    assert.deepEqual(
      recurringThemes(months).map(({ serviceId }) => serviceId),
      [null],
    );
  });
});
