import assert from 'node:assert/strict';
import { mayReach } from '../../../src/teams/service-urls.js';

const inProduction = mayReach({
  mode: 'production',
  teamsServiceUrl: 'https://smba.trafficmanager.net/teams/',
});
const locally = mayReach({ mode: 'local', teamsServiceUrl: undefined });

describe('where we may send to', () => {
  it('is Teams, over https', () => {
    for (const url of [
      'https://smba.trafficmanager.net/uk/',
      'https://smba.trafficmanager.net/emea/b1a2/',
      'https://smba.infra.gov.teams.microsoft.us/gcch/',
      'https://europe.botframework.com/',
    ])
      assert.equal(inProduction(url), true, url);
  });

  it('is nobody who merely looks like Teams', () => {
    for (const url of [
      '',
      'teams',
      'http://smba.trafficmanager.net/uk/',
      'https://attacker.trafficmanager.net/',
      'https://smba.trafficmanager.net.attacker.example/',
      'https://smba.trafficmanager.net@attacker.example/',
      'https://attacker.example/smba.trafficmanager.net/',
      'https://attacker.example#.botframework.com',
      'https://botframework.com.attacker.example/',
      'https://evilbotframework.com/',
      'https://europe.botframework.com:8443/',
      'ftp://smba.trafficmanager.net/',
      'javascript:alert(1)//smba.trafficmanager.net',
      'http://127.0.0.1:3978/',
      'http://169.254.169.254/metadata/identity',
    ])
      assert.equal(inProduction(url), false, url);
  });

  it('is this machine besides in local mode, and nothing else', () => {
    assert.equal(locally('http://localhost:56150/_connector'), true);
    assert.equal(locally('http://127.0.0.1:56150/_connector'), true);
    assert.equal(locally('http://127.0.0.1.attacker.example/'), false);
    assert.equal(locally('https://smba.trafficmanager.net/uk/'), false);
  });

  it('is the connector that the configuration names', () => {
    const reach = mayReach({ mode: 'production', teamsServiceUrl: 'https://connector.council.example/' });
    assert.equal(reach('https://connector.council.example/uk/'), true);
    assert.equal(reach('https://other.council.example/uk/'), false);
  });
});
