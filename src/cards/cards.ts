import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import type { CardContent } from '../practice/surface/feature.js';
import type { TemplateName } from '../practice/plr/names.js';
import { Fault } from '../practice/base/errors.js';
import { fitCard } from './fit-card.js';
import { markInputs } from './mark-inputs.js';

interface Template {
  expand(context: { readonly $root: object }): unknown;
}
// Its type declarations import the TypeScript sources of another package, which our stricter compiler refuses.
type Templating = { readonly Template: new (json: unknown) => Template };
const require = createRequire(import.meta.url);

/** An Adaptive Card as JSON. */
export type AdaptiveCard = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** Where the templates are: the same path from `src/` and from `dist/`. */
export const cardsFolder = new URL('../../cards/', import.meta.url);

/**
 * The card templates, each compiled when it is first needed, because compiling all of them would hold up the
 * start. A template is expanded exactly once: a second expansion would evaluate `${…}` that a person has typed.
 */
export class Cards {
  private readonly files: ReadonlyMap<TemplateName, URL>;
  private readonly templates = new Map<TemplateName, Template>();

  constructor(folder: URL = cardsFolder) {
    this.files = new Map(templateFiles(folder).map(({ name, url }) => [name, url]));
  }

  names(): TemplateName[] {
    return [...this.files.keys()];
  }

  /**
   * Compiles the templates of a folder ahead of time, so that nobody waits for the first card of it; other work
   * may run in between.
   * @throws Fault `bad-card` for one with bad syntax.
   */
  async warm(folder: string): Promise<void> {
    for (const name of this.files.keys()) {
      if (!name.startsWith(`${folder}/`)) continue;
      await setImmediate();
      this.template(name);
    }
  }

  /** @throws Fault `no-such-card` for a template that is not in `cards/`, `bad-card` for one with bad syntax. */
  render({ template, data, notice = '' }: CardContent): AdaptiveCard {
    const card = this.template(template).expand({ $root: data }) as AdaptiveCard & { body: object[] };
    markInputs(card);
    if (notice !== '') card.body.unshift(noticed(notice));
    fitCard(card);
    return card;
  }

  private template(name: TemplateName): Template {
    const known = this.templates.get(name);
    if (known !== undefined) return known;
    const url = this.files.get(name);
    if (url === undefined)
      throw new Fault('no-such-card', 'A presenter names a card that is not there.', { template: name });
    const compiled = compile(name, url);
    this.templates.set(name, compiled);
    return compiled;
  }
}

function noticed(text: string): object {
  return { type: 'Container', style: 'warning', items: [{ type: 'TextBlock', text, wrap: true }] };
}

function templateFiles(folder: URL): { name: TemplateName; url: URL }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') && !path.endsWith('.sample.json') && path.includes('/'))
    .filter((path) => !path.startsWith('form/'))
    .map((path) => ({ name: path.slice(0, -'.json'.length) as TemplateName, url: new URL(path, folder) }));
}

function compile(name: string, url: URL): Template {
  const { Template } = require('adaptivecards-templating') as Templating;
  try {
    return new Template(JSON.parse(readFileSync(url, 'utf8')));
  } catch (error) {
    throw new Fault('bad-card', `cards/${name}.json cannot be read as a card template.`, { name }, error);
  }
}
