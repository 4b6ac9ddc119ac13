import assert from 'node:assert/strict';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PlrRef, ServiceId } from '../../../../src/practice/base/ids.js';
import { calibrate, type GradePair } from '../../../../src/practice/moderation/calibration.js';
import { serviceReport } from '../../../../src/practice/reporting/board-report.js';
import { countCompliance } from '../../../../src/practice/plr/compliance.js';
import { monthlyPeriod } from '../../../../src/practice/plr/period.js';
import type { ReportInput } from '../../../../src/practice/reporting/report-input.js';
import { tableRows, tablesOf, type Report } from '../../../../src/practice/surface/report-model.js';
import { trendOf } from '../../../../src/practice/reporting/trend.js';
import { instant, localDate, month } from '../../../../src/practice/base/time.js';
import { figures, reportInput, type FiguresBuilder } from '../../../builders/figures.js';
import { monthlyReport } from '../../../builders/reports.js';

const march = month('2022-03');

function numbered(builders: readonly FiguresBuilder[]) {
  return builders.map((one, at) => one.named(`PLR-00000${at}`).build());
}

function reportOf(builders: readonly FiguresBuilder[], part: Partial<ReportInput> = {}): Report {
  const report = monthlyReport(march, reportInput(numbered(builders), part));
  if (isRefusal(report)) assert.fail(report.say);
  return report;
}

const kindsOf = (report: Report) => report.notes.map((note) => note.kind);

describe('compliance', () => {
  it('counts issued less exempt as sent, and re-drawn and withdrawn on their own lines', () => {
    const plrs = numbered([
      figures().returned('service', true),
      figures().returned('qa'),
      figures(),
      figures().standing({ is: 'draft' }),
      figures().exempt(),
      figures().standing({ is: 'redrawn' }),
      figures().standing({ is: 'withdrawn' }),
    ]);
    assert.deepEqual(countCompliance(plrs, new Set(['PLR-000002' as PlrRef, 'PLR-000005' as PlrRef])), {
      ...{ issued: 5, exempt: 1, withdrawn: 1, redrawn: 1, sent: 4 },
      ...{ returned: 2, returnedByService: 1, completedByQa: 1, late: 1, notReturned: 2, undeliverable: 1 },
    });
  });

  it('keeps an undeliverable PLR in sent, and lists it', () => {
    const plrs = numbered([figures(), figures().returned().graded('good')]);
    const ledger = plrs.map(({ ref, cycleId }, at) => ({
      ...{ ref, cycleId },
      state: at === 0 ? ('undeliverable' as const) : ('delivered' as const),
    }));
    const report = monthlyReport(march, reportInput(plrs, { ledger }));
    assert.ok(!isRefusal(report));
    assert.equal(report.fixed.compliance.at(-1)?.sent, 2);
    const list = tablesOf(report).find((table) => table.id === 'undeliverable');
    assert.deepEqual(
      list?.rows.map((row) => row.id),
      ['PLR-000000'],
    );
    assert.ok(kindsOf(report).includes('undeliverable'));
  });

  it('gives no percentage of nothing', () => {
    const line = reportOf([]).fixed.compliance.at(-1);
    assert.equal(line?.percentReturned, null);
    assert.equal(line?.percentReturnedByService, null);
  });

  it('keeps Practice Weeks out of the monthly figures and on a row of their own', () => {
    const week = figures().inCycle('2022-03-practice-week-care-experienced', 'practice-week').returned();
    const report = reportOf([figures(), week.graded('good')]);
    assert.equal(report.fixed.compliance.at(-1)?.sent, 1);
    const programme = tablesOf(report).find((table) => table.id === 'programme');
    assert.deepEqual(programme?.rows[0]?.cells['returned'], { is: 'number', value: 1 });
  });

  it('counts by the manager’s service, and senior managers without one on a line of their own', () => {
    const plrs = [
      figures().ofService('children-in-care').askedOf('assessment').named('PLR-000001').build(),
      figures().askedOfNoService().named('PLR-000002').build(),
    ];
    const report = monthlyReport(march, reportInput(plrs));
    assert.ok(!isRefusal(report));
    const table = tablesOf(report).find(({ id }) => id === 'compliance-by-service');
    assert.deepEqual(
      table?.rows.map(({ cells }) => cells['service']),
      [
        { is: 'text', text: 'Assessment' },
        { is: 'text', text: 'No service (senior managers)' },
      ],
    );
  });

  it('has a table by team only where teams are known', () => {
    const ids = (report: Report) => tablesOf(report).map((table) => table.id);
    assert.ok(!ids(reportOf([figures()])).includes('compliance-by-team'));
    assert.ok(ids(reportOf([figures().ofService('assessment', 'team-a')])).includes('compliance-by-team'));
  });
});

describe('grades and moderation', () => {
  const returned = (grade: Parameters<FiguresBuilder['graded']>[0]) => figures().returned().graded(grade);

  it('keep the first grade, and let the moderated one stand only once agreed or settled', () => {
    const { grades, gradesAfterModeration } = reportOf([
      returned('good').moderated('inadequate'),
      returned('good').moderated('inadequate', 'graded'),
      returned('good').moderated('inadequate', 'disputed'),
      returned('good').moderated('inadequate').settled('requires_improvement'),
    ]).fixed;
    assert.equal(grades.good['total'], 4);
    assert.equal(gradesAfterModeration.good['total'], 2);
    assert.equal(gradesAfterModeration.inadequate['total'], 1);
    assert.equal(gradesAfterModeration.requires_improvement['total'], 1);
  });

  it('report changes with their direction, and the matrix of blind grades', () => {
    const { moderation } = reportOf([
      returned('good').moderated('requires_improvement'),
      returned('requires_improvement').moderated('good'),
      returned('good').moderated('good'),
      returned('good').with({ moderation: 'drawn' }),
      returned('good'),
    ]).fixed;
    const { matrix, kappa, ...counts } = moderation;
    assert.deepEqual(counts, {
      ...{ returned: 5, drawn: 4, completed: 3, overdue: 0, changed: 2, changedUp: 1, changedDown: 1 },
      exactAgreement: { n: 1, of: 3 },
    });
    assert.equal(matrix.good.requires_improvement, 1);
    assert.equal(matrix.requires_improvement.good, 1);
    assert.equal(kappa, null);
  });

  it('count what is neither agreed nor settled and was due before the report is made', () => {
    const due = (one: FiguresBuilder, dueOn: string) => one.with({ moderating: { dueOn: localDate(dueOn) } });
    const report = reportOf([
      due(returned('good').with({ moderation: 'drawn' }), '2022-06-06'),
      due(returned('good').ofService('children-in-care').moderated('good', 'disputed'), '2022-06-06'),
      due(returned('good').moderated('good', 'graded'), '2022-06-07'),
      due(returned('good').moderated('good'), '2022-06-06'),
    ]);
    assert.equal(report.fixed.moderation.overdue, 2);
    const table = tablesOf(report).find(({ id }) => id === 'moderation-by-service');
    assert.deepEqual(
      tableRows(table!).map(({ cells }) => cells['overdue']),
      [1, 1, 2].map((value) => ({ is: 'number', value })),
    );
    assert.ok(
      report.headlines.includes(
        'Of the PLRs drawn for moderation, 2 of 4 (50%) are overdue: neither agreed nor settled within 10 working days.',
      ),
    );
  });

  it('say kappa with its interval, of the pairs of blind grades', () => {
    const report = reportOf([
      ...Array.from({ length: 20 }, () => returned('good').moderated('good')),
      ...Array.from({ length: 10 }, () => returned('inadequate').moderated('requires_improvement')),
    ]);
    const pairs: GradePair[] = [
      ...new Array<GradePair>(20).fill({ original: 'good', moderated: 'good' }),
      ...new Array<GradePair>(10).fill({ original: 'inadequate', moderated: 'requires_improvement' }),
    ];
    const { kappa } = calibrate(pairs, 'report 2022-03');
    assert.ok(kappa.is === 'estimate');
    const [value, low, high] = [kappa.value, kappa.interval.low, kappa.interval.high];
    assert.deepEqual(report.fixed.moderation.kappa, { kappa: value, low, high });
    const section = report.sections.find((one) => one.id === 'moderation');
    assert.ok(
      section?.sentences
        .join(' ')
        .includes(
          `Weighted kappa is ${value.toFixed(2)} (95% interval ${low.toFixed(2)} to ${high.toFixed(2)}), from 30 PLRs graded by both`,
        ),
    );
  });
});

describe('alerts and actions', () => {
  it('count 24 elapsed hours exactly, for alerts of every kind of cycle', () => {
    const raisedAt = instant('2022-03-11T16:00:00Z');
    const { alerts } = reportOf([
      figures().alerted({ raisedAt, acknowledgedAt: instant('2022-03-12T16:00:00Z'), state: 'closed' }),
      figures().alerted({ raisedAt, acknowledgedAt: instant('2022-03-12T16:00:01Z'), breached: true }),
      figures().inCycle('2022-03-thematic', 'thematic').alerted({ raisedAt }),
    ]).fixed;
    assert.deepEqual(alerts, { raised: 3, acknowledgedWithin24h: { n: 1, of: 3 }, breaches: 1, open: 2 });
  });

  it('call an open action overdue from the day after it was due', () => {
    const { actions } = reportOf([
      figures()
        .action('to-do', '2022-06-06')
        .action('in-progress', '2022-06-07')
        .action('done', '2022-01-01'),
      figures().action('verified').action('cannot-be-done'),
    ]).fixed;
    assert.deepEqual(actions, { open: 2, overdue: 1, done: 1, verified: 1, cannotBeDone: 1 });
  });
});

describe('themes and coverage', () => {
  it('count a theme once for each PLR, with what it was before', () => {
    const previous = [figures().inCycle('2022-02').returned().finding('voice').build()];
    const { themes } = reportOf(
      [
        figures().returned().graded('good').finding('voice').finding('voice'),
        figures().returned().graded('good').finding('planning', 'strength'),
        figures().returned().graded('good').finding('voice'),
        figures().finding('voice'),
      ],
      { previous },
    ).fixed;
    assert.deepEqual(themes, [
      { standard: 'voice', kind: 'development', n: 2, of: 3, previous: 1 },
      { standard: 'planning', kind: 'strength', n: 1, of: 3, previous: 0 },
    ]);
  });

  it('say a shortfall against the target aloud, also where the share rounds up to it', () => {
    const plrs = Array.from({ length: 19 }, (_, at) =>
      figures().named(`PLR-${at}`).returned().graded('good').build(),
    );
    const report = monthlyReport(march, reportInput(plrs, { openCases: new Map([[march, 198]]) }));
    assert.ok(!isRefusal(report));
    assert.deepEqual(report.fixed.coverage, { reviewed: 19, open: 198, percent: 10, target: 10 });
    assert.match(
      report.headlines.at(-1) ?? '',
      /19 of 198 \(10%\) were reviewed; below the target of 10% by 1 case\./,
    );
  });

  it('give no coverage where the open cases are not known', () => {
    const { coverage } = reportOf([figures().returned().graded('good')]).fixed;
    assert.deepEqual(coverage, { reviewed: 1, open: null, percent: null, target: 10 });
  });
});

describe('a trend', () => {
  it('is claimed only when the intervals do not overlap', () => {
    assert.equal(trendOf({ n: 6, of: 78 }, { n: 16, of: 46 }, 5), 'rose');
    assert.equal(trendOf({ n: 16, of: 46 }, { n: 6, of: 78 }, 5), 'fell');
    assert.equal(trendOf({ n: 6, of: 78 }, { n: 7, of: 80 }, 5), 'no-clear-change');
  });

  it('is not claimed of too few', () => {
    assert.equal(trendOf({ n: 0, of: 4 }, { n: 46, of: 46 }, 5), 'too-few-to-say');
  });
});

describe('data quality notes', () => {
  const cases: readonly (readonly [string, FiguresBuilder])[] = [
    ['returned-without-grade', figures().returned()],
    [
      'returned-before-sent',
      figures()
        .returned()
        .graded('good')
        .with({ sentOn: figures().inCycle('2022-05').build().sentOn }),
    ],
    ['moderated-without-grade', figures().returned().moderated('good')],
    ['inadequate-without-alert', figures().returned().graded('inadequate')],
  ];
  for (const [kind, builder] of cases) {
    it(`name the PLR that is ${kind.replaceAll('-', ' ')}`, () => {
      const note = reportOf([builder]).notes.find((one) => one.kind === kind);
      assert.match(note?.say ?? '', /PLR-000000/);
      assert.equal(note?.level, 'check');
    });
  }

  it('take a breach as the alert recorded it: its ladder may be stricter, or a later danger ran out of time', () => {
    const breached = figures().alerted({ acknowledgedAt: instant('2022-03-10T20:00:00Z'), breached: true });
    assert.deepEqual(
      reportOf([breached]).notes.filter(({ say }) => say.includes('breach')),
      [],
    );
  });

  it('blame no imported PLR for the alert its records never held', () => {
    const kinds = kindsOf(reportOf([figures().imported().returned().graded('inadequate')]));
    assert.ok(!kinds.includes('inadequate-without-alert'));
  });
});

describe('the page of one service', () => {
  it('counts that service alone, under its name', () => {
    const plrs = numbered([figures(), figures().ofService('children-in-care').returned().graded('good')]);
    const ledger = plrs.map(({ ref, cycleId }) => ({ ref, cycleId, state: 'delivered' as const }));
    const input = reportInput(plrs, { ledger });
    const page = serviceReport(monthlyPeriod(march), input, 'children-in-care' as ServiceId);
    assert.ok(!isRefusal(page));
    assert.equal(page.scope, 'Children in care');
    assert.equal(page.fixed.compliance.at(-1)?.sent, 1);
  });

  it('counts what its managers were asked, and how its own cases stand', () => {
    const plrs = numbered([
      figures().ofService('children-in-care').askedOf('assessment').returned().graded('good'),
      figures().ofService('assessment').askedOf('children-in-care'),
      figures().ofService('assessment').askedOf('children-in-care').returned().graded('inadequate'),
    ]);
    const ledger = plrs.map(({ ref, cycleId }) => ({ ref, cycleId, state: 'delivered' as const }));
    const page = serviceReport(
      monthlyPeriod(march),
      reportInput(plrs, { ledger }),
      'children-in-care' as ServiceId,
    );
    assert.ok(!isRefusal(page));
    assert.deepEqual([page.fixed.compliance.at(-1)?.sent, page.fixed.compliance.at(-1)?.returned], [2, 1]);
    assert.equal(page.fixed.grades.good['total'], 1);
    assert.equal(page.fixed.grades.inadequate['total'], 0);
  });
});
