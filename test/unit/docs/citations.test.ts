import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/** Every comment on one line of its own, as `path: words`. What is in a string and looks like one is read too. */
function commentsIn(path: string): string[] {
  const found = read(path).match(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/.*$(?:\n\s*\/\/.*$)*)/gm) ?? [];
  return found.map((one) => `${path}: ${one.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ')}`);
}

const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`),
);
const comments = sources.sort().flatMap(commentsIn);
const headings = [...read('docs/domain.md').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
const paragraphs = new Set(headings.map((heading) => heading.split(' ')[0]));

const list = (item: string) => new RegExp(`docs/domain\\.md, (${item}(?:(?:, | and | to )${item})*)`, 'g');
const numbers = list('\\d+(?:\\.\\d+)?');
const names = list('"[^"]+"');
const cited = (by: RegExp, one: RegExp) =>
  comments.flatMap((comment) =>
    [...comment.matchAll(by)].flatMap(([, items = '']) =>
      [...items.matchAll(one)].map(([item]) => ({ comment, item })),
    ),
  );

describe('what comments cite', () => {
  it('is a file that a reader of the repository has', () => {
    const decisions = readdirSync(`${root}docs/decisions`);
    const isThere = (path: string) =>
      /^docs\/decisions\/\d{4}$/.test(path)
        ? decisions.some((name) => path.endsWith(name.slice(0, 4)))
        : existsSync(`${root}${path}`);
    const missing = comments.flatMap((comment) =>
      [...comment.matchAll(/docs\/decisions\/\d{4}\b|[\w./-]*\w\.md\b/g)].flatMap(([path]) =>
        isThere(path.replace(/^(?:\.\.?\/)+/, '')) ? [] : [comment],
      ),
    );
    assert.deepEqual(missing, []);
  });

  it('of docs/domain.md, is a heading there', () => {
    const byNumber = cited(numbers, /\d+(?:\.\d+)?/g);
    const byName = cited(names, /(?<=")[^",]+(?=")/g).filter(({ item }) => !/^(?:, | and | to )$/.test(item));
    assert.ok(byNumber.length > 100 && byName.length > 5);
    assert.deepEqual(
      [
        ...byNumber.filter(({ item }) => !paragraphs.has(item)),
        ...byName.filter(({ item }) => !headings.includes(item)),
      ],
      [],
    );
  });

  it('names the page whenever it is a paragraph', () => {
    const bare = /(?<![\d.])[45]\.\d{1,2}(?![\d.]*\d)/;
    assert.deepEqual(
      comments.filter((comment) => bare.test(comment.replace(numbers, ''))),
      [],
    );
  });
});

describe('docs/domain.md', () => {
  it('has a heading for each paragraph of the council’s report up to 17', () => {
    const asked = [
      ...Array.from({ length: 17 }, (_, at) => `${at + 1}`),
      ...Array.from({ length: 11 }, (_, at) => `4.${at + 1}`),
      ...Array.from({ length: 5 }, (_, at) => `5.${at + 1}`),
    ];
    assert.deepEqual(
      asked.filter((number) => !paragraphs.has(number)),
      [],
    );
  });
});

describe('docs/decisions', () => {
  const decisions = readdirSync(`${root}docs/decisions`).filter((name) => name !== 'README.md');

  for (const name of decisions) {
    it(`${name} has the form that all have`, () => {
      const text = read(`docs/decisions/${name}`);
      const number = name.slice(0, 4);
      assert.match(
        text,
        new RegExp(
          `^# ${number} \\S.*\\n\\n- Status: (?:proposed|accepted|superseded by \\d{4})\\n- Date: \\d{4}-\\d\\d-\\d\\d\\n\\n`,
        ),
      );
      assert.deepEqual(
        [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
        ['Context', 'Options', 'Decision', 'Consequences'],
      );
      const [, title = ''] = /^# \d{4} (.+)$/m.exec(text) ?? [];
      assert.ok(read('docs/decisions/README.md').includes(`| [${number}](${name}) | ${title} |`));
    });
  }
});
