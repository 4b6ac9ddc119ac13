/**
 * Makes the Teams app package of one environment, for a Teams administrator to upload:
 * `npx tsx manifest/pack.ts test`. The values come from infra/env/.env.<environment>, which the Agents
 * Toolkit reads too; variables already set win.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { zipSync } from 'fflate';
import { Fault } from '../src/practice/base/errors.js';

export type Values = Readonly<Record<string, string | undefined>>;

const root = join(import.meta.dirname, '..');

/**
 * Fills the `${{NAME}}` places of a manifest template, the Agents Toolkit's own notation.
 * @throws Fault `manifest-values-missing`, naming every value that is missing, not only the first.
 */
export function fillManifest(template: string, values: Values): string {
  const missing = new Set<string>();
  const filled = template.replace(/\$\{\{(\w+)\}\}/g, (_place, name: string) => {
    const value = values[name] ?? '';
    if (value === '') missing.add(name);
    return JSON.stringify(value).slice(1, -1);
  });
  if (missing.size > 0) {
    throw new Fault('manifest-values-missing', `Set these before packing: ${[...missing].join(', ')}`);
  }
  return filled;
}

/** The package: exactly three files at its root, as Teams asks, and the same bytes for the same values. */
export function packApp(values: Values): Uint8Array {
  const file = (name: string) => readFileSync(join(import.meta.dirname, name));
  const manifest = fillManifest(file('manifest.json').toString('utf8'), values);
  return zipSync(
    {
      'manifest.json': Buffer.from(manifest, 'utf8'),
      'color.png': file('color.png'),
      'outline.png': file('outline.png'),
    },
    { mtime: new Date(1980, 0, 1) },
  );
}

function main(environment: string | undefined): void {
  if (environment !== 'test' && environment !== 'production') {
    process.stderr.write('Say which environment: npx tsx manifest/pack.ts test|production\n');
    process.exitCode = 2;
    return;
  }
  const stored = parseEnv(readFileSync(join(root, 'infra', 'env', `.env.${environment}`), 'utf8'));
  const folder = join(root, 'dist', 'teams-app');
  const target = join(folder, `practice-learning-bot-${environment}.zip`);
  try {
    const packed = packApp({ ...stored, ...process.env });
    mkdirSync(folder, { recursive: true });
    writeFileSync(target, packed);
    process.stdout.write(`${relative(process.cwd(), target)}\n`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv[2]);
}
