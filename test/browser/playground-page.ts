import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

/** The little of the browser's element that is used inside the page; the project has no DOM types. */
interface PageElement {
  readonly isConnected: boolean;
  readonly innerText: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

/** An upper limit alone: on a busy machine a Playground page takes long to load. */
const patienceMs = 90_000;
/** Where cards are photographed to; without it they are not (dates differ at every run). */
export const screenshotFolder = process.env.PLR_SCREENSHOTS;

/**
 * Tall, because the Playground draws its cards anew when the window changes size, which Playwright does to
 * photograph an element taller than the window: what was typed would be gone.
 */
const viewport = { width: 1280, height: 2400 };

/**
 * The Playground draws a card 446 pixels wide however narrow its window is. For a phone the card alone is
 * made as narrow as Teams makes it on one 360 pixels wide.
 */
const phoneStyle = '.ac-preview-panel { width: 312px; } .ac-adaptiveCard { box-sizing: border-box; }';

/** Chromium, headless: `PLR_CHROMIUM`, or Debian's. One serves any number of Playground pages. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env.PLR_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (Debian and Ubuntu: apt-get install chromium), ` +
        'or set PLR_CHROMIUM to the path of a Chromium, Chrome or Edge you have, then run this again.',
    );
  }
  return chromium.launch({
    executablePath,
    // No sandbox: it cannot be had as root in a container. The rest keeps Chromium from calling home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface PlaygroundView {
  /** `Personal Chat` unless said, or a channel: `General`, `Team meeting`. */
  readonly conversation?: string;
  readonly width?: 'desktop' | 'phone';
}

/** One persona's Playground in a page of its own, used the way that person would. */
export class PlaygroundPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /**
   * Opens a page that stays on one conversation. It shows only what arrives while it is open, so open it
   * before the bot writes; each opening sends the bot an install, which the bot may answer.
   */
  static async open(
    browser: Browser,
    url: string,
    { conversation = 'Personal Chat', width = 'desktop' }: PlaygroundView = {},
  ): Promise<PlaygroundPage> {
    // A context of its own, which axe asks for.
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    // Fonts and avatars from Microsoft's network are all it would fetch: the tests need none.
    await page.route(
      (asked) => asked.hostname !== 'localhost' && asked.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    await page.goto(url);
    await page.getByRole('button', { name: 'Hide log panel' }).click();
    const opened = new PlaygroundPage(page);
    await opened.openConversation(conversation);
    if (width === 'phone') await page.addStyleTag({ content: phoneStyle });
    return opened;
  }

  private async openConversation(name: string): Promise<void> {
    await this.page.getByRole('treeitem', { name }).click();
    const itsBox = name === 'Personal Chat' ? 'Type a message...' : 'Start a new post';
    await this.page.getByText(itsBox).waitFor();
  }

  async say(text: string): Promise<void> {
    await this.page.getByRole('textbox').last().fill(text);
    await this.page.getByRole('button', { name: 'Send Message' }).click();
  }

  /** The newest card that contains the text; waits until there is one. */
  async cardWith(text: string | RegExp): Promise<PlaygroundCard> {
    const card = this.cards().filter({ hasText: text }).last();
    await card.waitFor();
    await this.redraw();
    // Held by its place, so that it stays the same card when what it says is replaced.
    const wanted = await card.elementHandle();
    const index = await this.cards().evaluateAll(
      (all: unknown[], one: unknown) => all.indexOf(one),
      wanted as unknown,
    );
    return new PlaygroundCard(this.page, this.cards().nth(index));
  }

  /** What the cards say that contain the text now. */
  textsWith(text: string | RegExp): Promise<string[]> {
    return this.cards().filter({ hasText: text }).allInnerTexts();
  }

  async newestCard(): Promise<PlaygroundCard> {
    await this.cards().last().waitFor();
    await this.redraw();
    return new PlaygroundCard(this.page, this.cards().nth((await this.cards().count()) - 1));
  }

  /** The whole window at a usual size; takes away what is typed and not yet sent (see `viewport`). */
  async screenshot(name: string): Promise<void> {
    if (screenshotFolder === undefined) return;
    await this.page.setViewportSize({ width: 1280, height: 900 });
    await this.page.screenshot({ path: await screenshotPath(screenshotFolder, name) });
    await this.page.setViewportSize(viewport);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /**
   * A card the bot sends unasked is first drawn from one object and answered from another: the Playground
   * sends its action without the inputs, until it is drawn again, as when its log panel opens.
   */
  private async redraw(): Promise<void> {
    const hide = this.page.getByRole('button', { name: 'Hide log panel' });
    await this.page.getByRole('button', { name: 'Toggle Log Panel' }).click();
    await hide.click();
    await hide.waitFor({ state: 'detached' });
  }

  private cards(): Locator {
    return this.page.locator('.ac-adaptiveCard');
  }
}

/** One card in the chat, found again by its place when its content is replaced. */
export class PlaygroundCard {
  readonly locator: Locator;
  private readonly page: Page;

  constructor(page: Page, locator: Locator) {
    this.page = page;
    this.locator = locator;
  }

  text(): Promise<string> {
    return this.locator.innerText();
  }

  /** Text, number, or the date of a date input as `2022-06-07`. */
  async fill(label: string | RegExp, value: string): Promise<void> {
    const input = this.locator.getByLabel(label).first();
    await input.fill(value);
    if ((await input.getAttribute('aria-haspopup')) !== 'dialog') return;
    // A date input takes a typed date only when told that it is whole, and leaves its calendar open.
    await input.press('Enter');
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('dialog', { name: 'Calendar' }).waitFor({ state: 'detached' });
  }

  /** In an expanded choice set, ticking or unticking with several choices; or from a compact one's list. */
  async choose(label: string, choice: string): Promise<void> {
    const list = this.locator.getByRole('combobox', { name: label, exact: true });
    if ((await list.count()) > 0) {
      await list.click();
      const options = this.page.locator(`[id="${(await list.getAttribute('aria-controls')) ?? ''}"]`);
      await options.getByRole('option', { name: choice, exact: true }).click();
      return;
    }
    const group = this.locator.getByRole('radiogroup', { name: label });
    const radio = group.getByRole('radio', { name: choice, exact: true });
    const box = this.locator.getByRole('checkbox', { name: `${label} ${choice}`, exact: true });
    await radio.or(box).click();
  }

  async press(title: string): Promise<void> {
    await this.locator.getByRole('button', { name: title, exact: true }).click();
  }

  /** Presses, and waits until the card in the same place says something else; returns what it says now. */
  async pressAndWait(title: string): Promise<string> {
    const before = await this.text();
    await this.press(title);
    return this.changedFrom(before);
  }

  /** Waits until the card in this place says something else than it did; returns what it says now. */
  async changedFrom(before: string): Promise<string> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const now = await this.text();
      if (now !== before && now !== '') return now;
      if (performance.now() > giveUpAt) throw new Error(`The card still says: ${before}`);
      await this.page.evaluate('new Promise(requestAnimationFrame)');
    }
  }

  /** Waits until the card says this; what it says instead is in the error. */
  async waitFor(text: string | RegExp): Promise<void> {
    const wanted = this.locator.filter({ hasText: text });
    await wanted.waitFor().catch(async (cause: unknown) => {
      throw new Error(`The card does not say ${text}; it says: ${await this.text()}`, { cause });
    });
  }

  /** The card as wide as the page has it, and as narrow as on a phone; checked by axe at both. */
  async photograph(name: string): Promise<void> {
    // A chart under the mouse would show its tooltip.
    await this.page.mouse.move(0, 0);
    await expectNoAxeViolations(this.page, this.locator);
    await this.screenshot(name);
    const style = await this.page.addStyleTag({ content: phoneStyle });
    await expectNoAxeViolations(this.page, this.locator);
    await this.screenshot(`${name}-phone`);
    await style.evaluate((element: PageElement) => element.remove());
  }

  async screenshot(name: string): Promise<void> {
    if (screenshotFolder === undefined) return;
    await this.locator.screenshot({ path: await screenshotPath(screenshotFolder, name) });
  }
}

/** All of axe's rules, for the card alone: the Playground around it is not ours. */
export async function expectNoAxeViolations(page: Page, card: Locator): Promise<void> {
  const mark = 'data-checked-by-axe';
  await card.evaluate((element: PageElement, name) => element.setAttribute(name, ''), mark);
  // The Playground's own: the focus traps in every list it opens, and how it draws a chart.
  const axe = new AxeBuilder({ page })
    .include(`[${mark}]`)
    .exclude('[data-tabster-dummy]')
    .exclude('[role="img"]:has([role="button"])')
    .exclude('[role="listbox"][aria-label="Legend"]');
  const { violations } = await axe.analyze();
  await card.evaluate((element: PageElement, name) => element.removeAttribute(name), mark);
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes[0]?.html ?? ''}`);
  if (found.length > 0) throw new Error(`${found.length} axe violations in the card:\n${found.join('\n')}`);
}

async function screenshotPath(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  return path;
}
