import type { Locator, Page } from 'playwright-core';
import type { PlaygroundCard } from './playground-page.js';

interface FocusableElement {
  readonly ownerDocument: { readonly activeElement: unknown };
}

/** More than any card of ours has places to stop at. */
const maxTabs = 60;

/** One card used without a mouse: Tab to get about, Space and the arrows to choose, Enter to press. */
export class KeyboardCard {
  readonly card: PlaygroundCard;
  private readonly page: Page;

  constructor(page: Page, card: PlaygroundCard) {
    this.page = page;
    this.card = card;
  }

  async type(label: string, text: string): Promise<void> {
    await this.tabTo(this.card.locator.getByLabel(label, { exact: true }).first());
    await this.page.keyboard.type(text);
  }

  /** A date is typed as the field shows dates, and taken with Enter; Escape closes its calendar. */
  async date(label: string, isoDate: string): Promise<void> {
    await this.type(label, isoDate);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('dialog', { name: 'Calendar' }).waitFor({ state: 'detached' });
  }

  /** One of a choice set: of an expanded one Tab reaches the first and arrows go on; a compact one opens with Space. */
  async choose(label: string, choice: string): Promise<void> {
    const list = this.card.locator.getByRole('combobox', { name: label, exact: true });
    if ((await list.count()) > 0) return this.pick(list, choice);
    const radios = this.card.locator.getByRole('radiogroup', { name: label }).getByRole('radio');
    await this.tabTo(radios.first());
    await this.page.keyboard.press('Space');
    const wanted = this.card.locator
      .getByRole('radiogroup', { name: label })
      .getByRole('radio', { name: choice, exact: true });
    for (let arrows = await radios.count(); !(await wanted.isChecked()); arrows -= 1) {
      if (arrows === 0) throw new Error(`No arrow reaches “${choice}”.`);
      await this.page.keyboard.press('ArrowDown');
    }
  }

  private async pick(list: Locator, choice: string): Promise<void> {
    await this.tabTo(list);
    await this.page.keyboard.press('Space');
    for (let arrows = 0; arrows < maxTabs; arrows += 1) {
      const active = await list.getAttribute('aria-activedescendant');
      const option = active === null ? '' : await this.page.locator(`[id="${active}"]`).innerText();
      if (option.trim() === choice) return this.page.keyboard.press('Enter');
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`No arrow reaches “${choice}”.`);
  }

  /** Presses with Enter, and waits until the card in its place says something else. */
  async press(title: string): Promise<string> {
    const before = await this.card.text();
    await this.tabTo(this.card.locator.getByRole('button', { name: title, exact: true }));
    await this.page.keyboard.press('Enter');
    return this.card.changedFrom(before);
  }

  /** Tab goes round the page, so a place above is reached too; one that Tab never stops at is a fault. */
  private async tabTo(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let tabs = 0; tabs < maxTabs; tabs += 1) {
      const isThere = await wanted.evaluate(
        (element: FocusableElement) => element.ownerDocument.activeElement === element,
      );
      if (isThere) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(wanted)}.`);
  }
}
