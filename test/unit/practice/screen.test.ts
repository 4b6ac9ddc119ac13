import assert from 'node:assert/strict';
import { features } from '../../../src/features.js';
import { z } from 'zod';
import { mayBeUsedIn, type Screen, type Turn } from '../../../src/practice/surface/feature.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import { answerPress, councilPress, nothingArrived } from '../../../src/practice/surface/press.js';
import { arrivedIn, inputsMark, withInputs, type Press } from '../../../src/practice/forms/inputs.js';

const saved = noticeCard('As it is saved', 'Nothing else.');
const everybodys = { reads: z.unknown(), mine: () => true as const };
const again = councilPress({ ...everybodys, show: () => saved });
const screen: Screen = { inputs: ['grade', 'words', 'themes'], several: ['themes'], again };
const button = { ref: 'PLR-7K3M2Q', saves: 3 };

describe('the inputs of a screen', () => {
  it('are lost when none of them came', () => {
    assert.equal(arrivedIn(button, screen), undefined);
    for (const value of [null, 7, true, [], ['good'], {}, { value: 'good' }])
      assert.equal(arrivedIn({ ...button, grade: value, words: value }, screen), undefined);
  });

  it('have come when one of them did, or what is sent with all of them', () => {
    assert.deepEqual(arrivedIn({ ...button, grade: 'good' }, screen), {
      ...button,
      grade: 'good',
      themes: '',
    });
    assert.deepEqual(arrivedIn({ ...button, words: '' }, screen), { ...button, words: '', themes: '' });
    assert.deepEqual(arrivedIn({ ...button, [inputsMark]: 'yes' }, screen), { ...button, themes: '' });
  });

  it('are left out where they are no text, and are empty where they are nothing but space', () => {
    const press = { ...button, grade: ['good'], words: ' \n ', themes: 'delay,other' };
    assert.deepEqual(arrivedIn(press, screen), { ...button, words: '', themes: 'delay,other' });
  });

  it('are not asked for where the card of the button had none', () => {
    const bare: Screen = { ...screen, mayBeBare: true };
    assert.deepEqual(arrivedIn(button, bare), button);
    assert.equal(arrivedIn({ ...button, [withInputs]: true }, bare), undefined);
  });

  it('are named by the press where one verb has several screens', () => {
    const stepwise: Screen = { inputs: ({ step }: Press) => [`${String(step)}.grade`], again };
    assert.equal(arrivedIn({ step: 'voice', 'risk.grade': 'good' }, stepwise), undefined);
    assert.ok(arrivedIn({ step: 'risk', 'risk.grade': 'good' }, stepwise));
  });

  it('are asked for again, and the handler is not called, when they were lost', async () => {
    const show = () => assert.fail('a press without its inputs was answered');
    const card = await answerPress(councilPress({ ...everybodys, screen, show }), button, {} as Turn);
    assert.deepEqual(card, { ...saved, notice: nothingArrived });
  });
});

describe('a press', () => {
  it('brings its texts through the door for texts, however deep they lie', async () => {
    let given: unknown;
    const show = (_mine: true, data: unknown) => {
      given = data;
      return saved;
    };
    await answerPress(
      councilPress({ ...everybodys, show }),
      { a: 'one\u2028two', b: ['x\uffff', { c: 'y\v' }], n: 1 },
      {} as Turn,
    );
    assert.deepEqual(given, { a: 'one\ntwo', b: ['x', { c: 'y\n' }], n: 1 });
  });
});

describe('where a verb or command may be used', () => {
  const verbs = features.flatMap(({ verbs: own = {} }) =>
    Object.entries(own).map(([name, verb]) => ({ name, ...verb })),
  );
  const commands = features.flatMap(({ commands: own = [] }) => own);
  const everywhere = ['channel', 'group', 'unknown'] as const;

  it('is a personal chat alone, unless it says so', () => {
    assert.deepEqual(
      (['personal', ...everywhere] as const).filter((place) => mayBeUsedIn(place, {})),
      ['personal'],
    );
  });

  it('is a channel too for the agenda item of a team’s meeting, and nothing else', () => {
    const elsewhere = verbs.flatMap((verb) =>
      everywhere.filter((place) => mayBeUsedIn(place, verb)).map((place) => `${verb.name} in a ${place}`),
    );
    assert.deepEqual(elsewhere, [
      'learning.agenda in a channel',
      'learning.record in a channel',
      'learning.record-save in a channel',
    ]);
    assert.deepEqual(
      commands.filter((command) => everywhere.some((place) => mayBeUsedIn(place, command))),
      [],
    );
  });

  it('is a personal chat for all of them', () => {
    for (const one of [...verbs, ...commands]) assert.ok(mayBeUsedIn('personal', one));
    assert.ok(verbs.length > 50 && commands.length > 10);
  });
});
