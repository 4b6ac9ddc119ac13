import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CardContent } from '../practice/feature.js';
import { Fault } from '../practice/errors.js';
import { fitInputs } from './fit-inputs.js';

interface Template {
  expand(context: { readonly $root: object }): unknown;
}
// Its type declarations import the TypeScript sources of another package, which our stricter compiler refuses.
const { Template: CardTemplate } = createRequire(import.meta.url)('adaptivecards-templating') as {
  Template: new (json: unknown) => Template;
};

/** An Adaptive Card as JSON. */
export type AdaptiveCard = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** Where the templates are, seen from `src/` and from `dist/` alike. */
export const cardsFolder = new URL('../../cards/', import.meta.url);

/**
 * The card templates, compiled once at start: bad syntax throws here, by file, and not in a person's turn.
 * A template is expanded exactly once: in a second expansion people's own `${…}` would be evaluated.
 */
export class Cards {
  private readonly templates: ReadonlyMap<string, Template>;

  constructor(folder: URL = cardsFolder) {
    this.templates = new Map(templateFiles(folder).map(({ name, url }) => [name, compile(name, url)]));
  }

  names(): string[] {
    return [...this.templates.keys()];
  }

  /** @throws Fault `no-such-card` for a template that is not in `cards/`. */
  render({ template, data }: CardContent): AdaptiveCard {
    const compiled = this.templates.get(template);
    if (compiled === undefined)
      throw new Fault('no-such-card', 'A presenter names a card that is not there.', { template });
    const card = compiled.expand({ $root: data }) as AdaptiveCard;
    fitInputs(card);
    return card;
  }
}

function templateFiles(folder: URL): { name: string; url: URL }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') && !path.endsWith('.sample.json') && path.includes('/'))
    .filter((path) => !path.startsWith('form/'))
    .map((path) => ({ name: path.slice(0, -'.json'.length), url: new URL(path, folder) }));
}

function compile(name: string, url: URL): Template {
  try {
    return new CardTemplate(JSON.parse(readFileSync(url, 'utf8')));
  } catch (error) {
    throw new Fault('bad-card', `cards/${name}.json cannot be read as a card template.`, { name }, error);
  }
}
