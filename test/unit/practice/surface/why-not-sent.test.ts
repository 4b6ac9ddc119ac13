import assert from 'node:assert/strict';
import { firewallReason } from '../../../../src/practice/firewall/channel-gate.js';
import { whyNotSent } from '../../../../src/practice/surface/why-not-sent.js';

describe('why a message was not sent, for people', () => {
  it('has words for what Teams answers, known or not', () => {
    assert.equal(whyNotSent('403 BotNotInConversationRoster'), 'the app is not installed there');
    assert.equal(whyNotSent('400 BadSyntax'), 'Teams did not take it');
    assert.equal(whyNotSent('404'), 'Teams did not take it');
    assert.equal(whyNotSent(''), 'Teams did not take it');
  });

  it('says what the identifier firewall thought it found', () => {
    assert.equal(
      whyNotSent(firewallReason(['name', 'postcode'])),
      'something in it looks like a name, and something looks like a postcode',
    );
  });

  it('leaves alone what is said in words', () => {
    assert.equal(whyNotSent('not in the roster'), 'not in the roster');
  });
});
