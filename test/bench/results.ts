import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { isMet, type BenchResult } from './bench.js';

const file = 'bench-results.json';
const readme = 'README.md';
const table = /<!-- bench -->[^]*<!-- \/bench -->/;

interface Kept extends BenchResult {
  readonly bench: string;
  readonly date: string;
  readonly met: boolean;
}

interface Results {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly results: readonly Kept[];
}

/**
 * Keeps what a bench gave in `bench-results.json`, in the place of what it gave before, and writes the README's
 * table anew. What was measured on another machine goes: ratios of two machines do not belong side by side.
 * @param order of the benches in the file.
 */
export function keep(bench: string, results: readonly BenchResult[], order: readonly string[]): void {
  const date = new Date().toISOString().slice(0, 10);
  const fresh = results.map((result) => ({ bench, date, ...result, met: isMet(result) }));
  const all = [...before().filter((one) => one.bench !== bench), ...fresh];
  all.sort((one, other) => order.indexOf(one.bench) - order.indexOf(other.bench));
  writeFileSync(file, `${JSON.stringify({ machine: machine(), results: all }, undefined, 2)}\n`);
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(table, () => tableOf(all)),
  );
}

function before(): readonly Kept[] {
  if (!existsSync(file)) return [];
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Results;
  return JSON.stringify(kept.machine) === JSON.stringify(machine()) ? kept.results : [];
}

function machine(): Results['machine'] {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 1_073_741_824);
  return { cpu: cpu?.model ?? 'unknown', cores: cpus().length, memoryGb, node: process.version };
}

function tableOf(results: readonly Kept[]): string {
  const rows = results.map(({ name, ratio, good, target, met }) => [
    name,
    String(ratio),
    `${good} ${target}`,
    met ? 'met' : 'missed',
  ]);
  const heading = ['what', 'ratio', 'target', ''];
  const widths = heading.map((_, column) =>
    Math.max(3, ...[heading, ...rows].map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(' | ')} |`;
  const parting = line(['', '', '', ''], '-');
  return [
    '<!-- bench -->',
    '',
    line(heading),
    parting,
    ...rows.map((row) => line(row)),
    '',
    '<!-- /bench -->',
  ].join('\n');
}
