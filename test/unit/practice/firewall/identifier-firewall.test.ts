import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Organisation } from '../../../../src/practice/council/organisation.js';
import {
  buildFirewall,
  checkText,
  hitKinds,
  type Hit,
  type HitKind,
} from '../../../../src/practice/firewall/identifier-firewall.js';
import { checkDigitHolds } from '../../../../src/practice/firewall/numbers.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aCase, aPerson, firewallOrganisation, firewallRoster } from '../../../builders/firewall-roster.js';

interface Sentence {
  readonly text: string;
  readonly spans: readonly Hit[];
  /** Written after the code, judged once before any tuning to it. */
  readonly heldOut?: boolean;
}

const sentencesIn = (file: string) =>
  readFileSync(new URL(`../../../data/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Sentence);

const sentences = sentencesIn('firewall-sentences.jsonl');

const firewall = buildFirewall(firewallOrganisation());
const seeded = { seed: 20220607, numRuns: 300 };

const found = (text: string) =>
  checkText(firewall, text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

interface Score {
  labels: number;
  covered: number;
  hits: number;
  right: number;
}

/** A label counts as found only when one hit of its kind covers it whole; a hit is right when it touches one. */
function score(over: readonly Sentence[]): Record<HitKind, Score> {
  const scores = Object.fromEntries(
    hitKinds.map((kind) => [kind, { labels: 0, covered: 0, hits: 0, right: 0 }]),
  ) as Record<HitKind, Score>;
  for (const { text, spans } of over) {
    const hits = checkText(firewall, text);
    for (const span of spans) {
      scores[span.kind].labels += 1;
      if (hits.some((hit) => hit.kind === span.kind && hit.start <= span.start && span.end <= hit.end)) {
        scores[span.kind].covered += 1;
      }
    }
    for (const hit of hits) {
      scores[hit.kind].hits += 1;
      if (spans.some((span) => span.kind === hit.kind && span.start < hit.end && hit.start < span.end)) {
        scores[hit.kind].right += 1;
      }
    }
  }
  return scores;
}

const ratio = (of: number, all: number) => (all === 0 ? 1 : of / all);

function print(title: string, scores: Record<HitKind, Score>): void {
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(16) : String(cell).padStart(10))).join('');
  const rows = hitKinds.map((kind) => {
    const { labels, covered, hits, right } = scores[kind];
    return line([kind, labels, ratio(covered, labels).toFixed(3), hits, ratio(right, hits).toFixed(3)]);
  });
  console.log(['', title, line(['kind', 'labels', 'recall', 'hits', 'precision']), ...rows].join('\n'));
}

const sure: readonly HitKind[] = ['name', 'case-reference', 'nhs-number', 'date-of-birth', 'postcode'];

function holds(scores: Record<HitKind, Score>): void {
  for (const kind of hitKinds) {
    const least = sure.includes(kind) ? 0.99 : 0.85;
    it(`finds ${kind} with recall of at least ${least} and precision of at least 0.9`, () => {
      const { labels, covered, hits, right } = scores[kind];
      assert.ok(labels > 0);
      assert.ok(ratio(covered, labels) >= least, `recall ${covered}/${labels}`);
      assert.ok(ratio(right, hits) >= 0.9, `precision ${right}/${hits}`);
    });
  }
}

describe('the identifier firewall on the labelled sentences', () => {
  const scores = score(sentences);

  it('are at least 300, 60 of them held out, with and without identifiers', () => {
    const clean = sentences.filter(({ spans }) => spans.length === 0);
    assert.ok(sentences.length >= 360);
    assert.ok(sentences.filter(({ heldOut }) => heldOut === true).length >= 60);
    assert.ok(clean.length >= 150 && sentences.length - clean.length >= 150);
    print(`All ${sentences.length} sentences, ${clean.length} of them clean`, scores);
    print('The held-out part, as the firewall is now', score(sentences.filter(({ heldOut }) => heldOut)));
  });

  holds(scores);
});

describe('the identifier firewall on the blind sentences', () => {
  // 350 sentences written without sight of the code, measured once before anyone had read them: names 113 of
  // 114 found and 113 of 114 hits right, initials 24 of 27 and all right, small counts all found and 12 of 13
  // hits right, all else 1.000 and 1.000. What that showed was then mended, so today's figures are not blind.
  const blind = sentencesIn('firewall-blind.jsonl');
  const scores = score(blind);

  it('were printed as they are read today', () => {
    assert.ok(blind.length >= 350);
    print(`${blind.length} sentences that were blind`, scores);
  });

  holds(scores);
});

describe('the identifier firewall', () => {
  it('leaves the words of the framework alone', () => {
    assert.deepEqual(
      found('PLR-7K3M2Q: RI, moderated to Good. QA, TM and SW met on 7 June 2022. 5 of 11 reviews.'),
      [],
    );
  });

  it('finds a name however it is written', () => {
    for (const [text, name] of [
      ['the Okafors were visited', 'Okafors'],
      ['Priyas recording was strong', 'Priyas'],
      ['**Grace** **Hill** led it', 'Grace** **Hill'],
      ['_Will_ has the slides', 'Will'],
      ['Ask Sarah\nOkafor', 'Sarah\nOkafor'],
      ['seen by O\u2019 Brien', 'O\u2019 Brien'],
      ['Mueller, Zoe chaired', 'Mueller, Zoe'],
      ['AnneMarie found it', 'AnneMarie'],
      ['beatriz desouza, #KwameM', 'beatriz desouza'],
      ['with ngozi on Monday', 'ngozi'],
      ['Fitzgerald-Cole, A-M', 'Fitzgerald-Cole, A-M'],
    ] as const) {
      assert.deepEqual(found(text)[0], ['name', name], text);
    }
  });

  it('reads an everyday word as a name where the place shows a person, and only there', () => {
    const named = [
      'Grace noticed the gap',
      'Will, Priya and Tom',
      'Hill: closed',
      '@Grace',
      'Rose (SSW) covers',
    ];
    const more = [
      '- May to send it',
      'led by May',
      'Hope on leave',
      'GRACE TO SEND IT',
      'ask mark',
      'from Young',
    ];
    for (const text of [...named, ...more]) assert.equal(found(text)[0]?.[0], 'name', text);
    const plain = [
      'Grace periods end',
      'Will the plan help?',
      'Mark visits as done',
      'In May we met',
      'Green: on track',
    ];
    const others = [
      'Practice Day is here',
      'Hope is not a plan',
      'moved to Green',
      'May to July',
      'the Price Review',
    ];
    for (const text of [...plain, ...others]) assert.deepEqual(found(text), [], text);
  });

  it('reads a short form of a thing as initials only where somebody acts', () => {
    for (const text of ['PR to arrange it', 'PR/KM', 'owner: PR', 'Who leads? PR']) {
      assert.deepEqual(found(text)[0], ['initials', 'PR'], text);
    }
    for (const text of [
      'everyone with PR was asked',
      'parental responsibility (PR)',
      'QA to check, TM to sign',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });

  it('points into the text as typed, accents, invisible characters and wide letters included', () => {
    assert.deepEqual(found('\u{1F642} S\u200bi\u00e1n O\u2019Brien\u2019s plan'), [
      ['name', 'S\u200bi\u00e1n O\u2019Brien'],
    ]);
    assert.deepEqual(found('see Zoe\u0308.'), [['name', 'Zoe\u0308']]);
    assert.deepEqual(found('\uff2e\uff23-\uff11\uff10\uff14\uff12\uff13\uff13'), [
      ['case-reference', '\uff2e\uff23-\uff11\uff10\uff14\uff12\uff13\uff13'],
    ]);
  });

  it('names a place once, by the surest kind', () => {
    assert.deepEqual(found('sarah.okafor@northmoor.example'), [['email', 'sarah.okafor@northmoor.example']]);
  });

  it('finds a name inside a quotation as well as the quotation', () => {
    assert.deepEqual(
      checkText(firewall, '"Sarah always listens"').map(({ kind }) => kind),
      ['quotation', 'name'],
    );
  });

  it('accepts an NHS number only with its check digit, unless the text says that it is one', () => {
    assert.ok(checkDigitHolds('9434765919'));
    assert.ok(!checkDigitHolds('9434765918'));
    assert.deepEqual(found('order 943 476 5918'), []);
    assert.deepEqual(found('NHS number 943 476 5918'), [['nhs-number', '943 476 5918']]);
  });

  it('reads an old full date as a birthday, and a recent one as work unless a word of birth is near', () => {
    const inJune = buildFirewall(firewallOrganisation(), { today: localDate('2022-06-07') });
    const kinds = (text: string) => checkText(inJune, text).map(({ kind }) => kind);
    assert.deepEqual(kinds('12 March 2011'), ['date-of-birth']);
    assert.deepEqual(kinds('Reviewed on 7 June 2022'), []);
    assert.deepEqual(kinds('dob 7 June 2022'), ['date-of-birth']);
    assert.deepEqual(kinds('Policy of 12 March 2011'), []);
    assert.deepEqual(kinds('31 February is no date, 40/13/2011 neither'), []);
  });

  it('counts as small what the council says is small', () => {
    const kinds = (smallCount: number) =>
      checkText(buildFirewall(firewallOrganisation(), { smallCount }), 'In six reviews').map(
        ({ kind }) => kind,
      );
    assert.deepEqual(kinds(5), []);
    assert.deepEqual(kinds(10), ['small-count']);
  });

  it('finds nothing on an empty roster that only a roster could tell', () => {
    const nobody = buildFirewall(new Organisation(1, { services: [], teams: [], people: [], cases: [] }));
    assert.deepEqual(checkText(nobody, 'Sarah Okafor, NC-104233'), []);
  });
});

describe('the identifier firewall on any text', () => {
  const names = firewallRoster().people.map(({ name }) => name);
  const hidden = fc.constantFrom(
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u202e',
    '\u034f',
  );

  it('never throws, and its hits are ordered, not empty and inside the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyWords()), (text) => {
        let last = 0;
        for (const { start, end } of checkText(firewall, text)) {
          assert.ok(last <= start && start < end && end <= text.length);
          last = start;
        }
      }),
      seeded,
    );
    assert.doesNotThrow(() => checkText(firewall, '\ud800 \udc00 S\ud800arah'));
  });

  it('finds a name wherever it stands, and its offsets slice to it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), anyWords(), anyWords(), (name, left, right) => {
        const text = `${left} and ${name}, ${right}`;
        const at = left.length + 5;
        assert.ok(
          checkText(firewall, text).some(
            ({ kind, start, end }) => kind === 'name' && start <= at && at + name.length <= end,
          ),
          text,
        );
      }),
      seeded,
    );
  });

  it('is not fooled by invisible characters in a name or reference', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names, 'NC-104233'),
        fc.array(fc.tuple(fc.nat(40), hidden), { minLength: 1, maxLength: 6 }),
        (secret, inserted) => {
          const units = [...secret];
          for (const [at, character] of inserted) units.splice(1 + (at % (units.length - 1)), 0, character);
          const text = `We read ${units.join('')} today`;
          const [hit] = checkText(firewall, text);
          assert.equal(hit === undefined ? '' : text.slice(hit.start, hit.end), units.join(''));
        },
      ),
      seeded,
    );
  });

  it('is not fooled by case or spaces in a name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(' ', '  ', '\u00a0', ' \t'), (name, gap) => {
        for (const text of [name.toUpperCase(), name].map((one) => one.replaceAll(' ', gap))) {
          assert.ok(
            checkText(firewall, `We met ${text} today`).some(
              ({ kind, end }) => kind === 'name' && end === 7 + text.length,
            ),
          );
        }
      }),
      seeded,
    );
  });
});

describe('the identifier firewall at size', () => {
  const bait = [
    "'a ",
    'S.',
    'S ',
    '1 ',
    '01',
    '@a.',
    'a@',
    '"',
    "''",
    'Sarah ',
    'NC-1',
    'will ',
    'A',
    '1 of ',
    '\u200b',
    '7 June ',
    'Mr ',
    'one ',
  ];
  // Processor time of this process, the fastest of several: what else the machine does makes no difference.
  const tries = 5;
  const spent = (text: string) => {
    const before = process.cpuUsage();
    checkText(firewall, text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const least = (text: string) => Math.min(...Array.from({ length: tries }, () => spent(text)));
  /** Tried no oftener than it takes to see it. */
  const isWithin = (most: number, text: string) =>
    Array.from({ length: tries }).some(() => spent(text) <= most);

  it('takes about eight times as long for eight times as much hostile text, and not the square of it', () => {
    for (const piece of bait) {
      const [small, large] = [12_500, 100_000].map((length) => piece.repeat(length / piece.length));
      // Quadratic would be 64 times; the floor of 5 ms keeps the noise of tiny times out.
      assert.ok(isWithin(32 * Math.max(least(small!), 5_000), large!), JSON.stringify(piece));
    }
  });

  it('knows 10,000 people and 100,000 cases by heart', () => {
    const roster = firewallRoster();
    const syllables = ['ba', 'do', 'ki', 'lu', 'me', 'no', 'ra', 'su', 'ta', 'vi'];
    const word = (n: number) =>
      [...String(n).padStart(4, '0')].map((digit) => syllables[Number(digit)]).join('');
    const large = new Organisation(2, {
      ...roster,
      people: Array.from({ length: 10_000 }, (_, n) =>
        aPerson(`n${n}`, `${word(n)} ${word((n * 7 + 3) % 10_000)}`),
      ),
      cases: Array.from({ length: 100_000 }, (_, n) => aCase(`NC-${String(n).padStart(6, '0')}`)),
    });
    const compiled = buildFirewall(large);
    const text = `${word(1234)} ${word(8641)} held NC-099999`;
    assert.deepEqual(
      checkText(compiled, text).map(({ kind, start, end }) => [kind, text.slice(start, end)]),
      [
        ['name', `${word(1234)} ${word(8641)}`],
        ['case-reference', 'NC-099999'],
      ],
    );
  });
});

function anyWords(): fc.Arbitrary<string> {
  const pieces = sentences.slice(0, 400).flatMap(({ text }) => text.split(' '));
  return fc
    .array(fc.constantFrom(...pieces.filter((piece) => /^[a-z]{2,}$/.test(piece))), { maxLength: 12 })
    .map((words) => words.join(' '));
}
