import assert from 'node:assert/strict';
import { council, places, readCouncil } from './small-council.js';

describe('a roster with names that would be more than names on a card', () => {
  const hostile = [
    '[x](http://attacker.example)',
    '**Bold**',
    '<at>Someone</at>',
    '${secret}',
    '{{DATE(x)}}',
    'a`b`',
    'a\\b',
  ];
  for (const text of hostile) {
    it(`is refused, and the place named: ${text}`, () => {
      assert.deepEqual(places(readCouncil(council('people', 'Social Worker', `Social ${text}`))), [
        'people.csv:5 name',
      ]);
      assert.deepEqual(places(readCouncil(council('teams', 'Ashmarrow', text))), ['teams.csv:2 name']);
      assert.deepEqual(places(readCouncil(council('services', 'Safeguarding', text))), [
        'services.csv:2 name',
      ]);
    });
  }

  it('is taken with the names that people have', () => {
    for (const name of ['Siân O’Brien-Ó Súilleabháin', "D'Arcy, Anne (she/her)", 'Team 7 & Co. #2', '李小龙'])
      assert.deepEqual(places(readCouncil(council('teams', 'Ashmarrow', `"${name}"`))), [], name);
  });
});
