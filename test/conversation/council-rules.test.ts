import assert from 'node:assert/strict';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { monthlyCycleId } from '../../src/practice/plr/cycle.js';
import { identifiersIn } from '../../src/practice/firewall/channel-gate.js';
import { learningInWords, type OtherLearning } from '../../src/practice/learning/other-learning.js';
import { monthlyPeriod } from '../../src/practice/plr/period.js';
import { readReportInput } from '../../src/practice/reporting/read-report-input.js';
import { month } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

describe('a council with a small count of 9 and a coverage target of 50%', () => {
  let bot: BotInTeams;
  before(async () => {
    const rules = { smallCount: 9, coverageTargetPercent: 50 };
    bot = await startBotInTeams({ roster: smallCouncil(), configure: { rules } });
    await bot.settle();
  });
  after(() => bot.stop());

  const council = () => bot.app.foundation.council()!;

  it('draws its cycle against that target, and reports by both', async () => {
    const { services } = bot.app.foundation;
    const cycle = await services.documents.read(cycleKind, cycleKey(monthlyCycleId(month('2022-04'))));
    assert.ok(cycle?.state === 'issued');
    assert.deepEqual([cycle.coverage.target, cycle.coverage.open, cycle.coverage.shortfall], [50, 24, 8]);
    for (const of of ['2022-04', '2022-03']) {
      const input = await readReportInput(monthlyPeriod(month(of)), services, council().today, council());
      assert.deepEqual([input.smallNumber, input.coverageTargetPercent], [9, 50]);
    }
  });

  it('lets no smaller count into a channel', () => {
    const kinds = (text: string) => identifiersIn(text, council()).map(({ kind }) => kind);
    assert.deepEqual(kinds('We looked at 8 reviews.'), ['small-count']);
    assert.deepEqual(kinds('We looked at 9 reviews.'), []);
    const learning = { source: 'dip-sample', standard: 'voice', n: 7, of: 20 } as unknown as OtherLearning;
    assert.match(learningInWords(learning, council()), /fewer than 9 of 20/);
    assert.doesNotMatch(learningInWords({ ...learning, of: 8 }, council()), /\d/);
  });
});
