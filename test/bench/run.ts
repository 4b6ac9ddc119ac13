import { isMet, rounded, type BenchResult } from './bench.js';
import { keep } from './results.js';

/** `npm run bench [-- NAME …]`: prints each ratio, and writes `bench-results.json` and the README's table. */
const benches: Record<string, () => Promise<BenchResult[]>> = {
  draw: async () => {
    const { name, ratio, target, shapes } = await (await import('./draw.bench.js')).benchDraw();
    const details = Object.fromEntries(shapes.map((one) => [one.shape, rounded(one.ratio, 2)]));
    return [{ name, ratio: rounded(ratio, 2), target, good: 'at most', details }];
  },
  fanout: async () => (await import('./fanout.bench.js')).benchFanout(),
  send: async () => (await import('./send.bench.js')).benchSend(),
  'alert-ahead': async () => {
    const { name, ratio, target, waitsMs, queueMs, sentMeanwhile } = await (
      await import('./alert-ahead.bench.js')
    ).benchAlertAhead();
    const details = { longestWaitMs: Math.max(...waitsMs), queueMs, sentMeanwhile };
    return [{ name, ratio: rounded(ratio, 4), target, good: 'at most', details }];
  },
  report: async () => (await import('./report.bench.js')).benchReport(),
  submit: async () => (await import('./submit.bench.js')).benchSubmit(),
  start: async () => (await import('./start.bench.js')).benchStart(),
  memory: async () => (await import('./memory.bench.js')).benchMemory(),
  load: async () => (await import('./load.bench.js')).benchLoad(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(
    `There is no bench called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(2);
}

for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const results = await run();
  for (const result of results) {
    const { ratio, good, target, details } = result;
    console.log(`${isMet(result) ? 'met   ' : 'MISSED'} ${result.name}: ${ratio} (${good} ${target})`);
    console.log(`       ${JSON.stringify(details)}`);
  }
  keep(name, results, Object.keys(benches));
}
