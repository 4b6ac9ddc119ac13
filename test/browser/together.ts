import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { screenshotFolder } from './playground-page.js';

const style =
  'body { margin: 0; } main { display: inline-flex; align-items: flex-start; gap: 24px; padding: 28px; background: #f0f0f0; } ' +
  'img { padding: 6px; background: white; border-radius: 8px; box-shadow: 0 1px 4px #0003; }';

/** Cards photographed before, side by side in one picture for a document. */
export async function photographTogether(browser: Browser, name: string, cards: string[]): Promise<void> {
  if (screenshotFolder === undefined) return;
  const folder = screenshotFolder;
  const images = cards.map(async (card) => {
    const png = await readFile(join(folder, `${card}.png`), 'base64');
    return `<img alt="" src="data:image/png;base64,${png}">`;
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.setContent(`<style>${style}</style><main>${(await Promise.all(images)).join('')}</main>`);
  await page.locator('main').screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
