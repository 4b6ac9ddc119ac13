/** Draws the two icons of the app from their SVG: `npx tsx manifest/draw-icons.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

for (const icon of ['color', 'outline']) {
  const svg = readFileSync(join(import.meta.dirname, `${icon}.svg`), 'utf8');
  writeFileSync(join(import.meta.dirname, `${icon}.png`), new Resvg(svg).render().asPng());
}
