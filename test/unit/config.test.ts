import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ConfigProblems, isLoopback, readConfig, settingNames } from '../../src/config.js';

const storage = { AZURE_STORAGE_ACCOUNT: 'plrproduction' };
const production = { ...storage, BOT_ID: 'b07', BOT_TENANT_ID: 't3na47' };
const local = { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true' };

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigProblems);
    return error.problems;
  }
  return [];
}

describe('the configuration', () => {
  it('is production with a managed identity unless it says otherwise', () => {
    const config = readConfig(production);
    assert.equal(config.mode, 'production');
    assert.equal(config.bot.type, 'UserAssignedMSI');
    assert.deepEqual(config.storage, { by: 'managed-identity', account: 'plrproduction', clientId: 'b07' });
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.teamsServiceUrl, 'https://smba.trafficmanager.net/teams/');
    assert.ok(Object.isFrozen(config));
  });

  it('does not start without BOT_ID in production', () => {
    assert.match(problemsOf(storage).join(), /BOT_ID is missing/);
  });

  it('does not start without BOT_ID locally on an address that others reach', () => {
    for (const HOST of [
      '0.0.0.0',
      '::',
      '192.168.1.7',
      '10.0.0.1',
      'bot.council.example',
      '127.0.0.1.evil.example',
    ])
      assert.match(problemsOf({ ...local, HOST }).join(), /loopback/, HOST);
  });

  it('starts without BOT_ID locally on loopback', () => {
    for (const HOST of [undefined, '127.0.0.1', '127.1.2.3', 'localhost', '::1'])
      assert.deepEqual(problemsOf({ ...local, ...(HOST === undefined ? {} : { HOST }) }), []);
    assert.equal(readConfig(local).host, '127.0.0.1');
  });

  it('does not start for every tenant at once', () => {
    assert.match(problemsOf({ ...production, BOT_TENANT_ID: '' }).join(), /BOT_TENANT_ID is missing/);
  });

  it('does not start as SingleTenant without a password', () => {
    assert.match(problemsOf({ ...production, BOT_TYPE: 'SingleTenant' }).join(), /BOT_PASSWORD is missing/);
  });

  it('names every value that cannot be used, at once', () => {
    const problems = problemsOf({
      PLR_MODE: 'staging',
      PORT: 'seventy',
      BOT_TYPE: 'MultiTenant',
      TEAMS_SERVICE_URL: 'teams',
      TEAMS_MAX_RPS: '500',
      PLR_TIME_ZONE: 'Europe/Atlantis',
      PLR_BRIEF_WORKING_DAYS_BEFORE: '11',
      PLR_OWN_TEAM: 'sometimes',
    });
    for (const name of [
      'PLR_MODE',
      'PORT',
      'BOT_TYPE',
      'TEAMS_SERVICE_URL',
      'TEAMS_MAX_RPS',
      'PLR_TIME_ZONE',
      'PLR_BRIEF_WORKING_DAYS_BEFORE',
      'PLR_OWN_TEAM',
    ])
      assert.equal(problems.filter((problem) => problem.startsWith(`${name} `)).length, 1, name);
  });

  it('names what is missing beside what cannot be used', () => {
    const problems = problemsOf({ PORT: 'seventy' }).join('\n');
    assert.match(problems, /^PORT /m);
    assert.match(problems, /BOT_ID is missing/);
    assert.match(problems, /AZURE_STORAGE_ACCOUNT/);
  });

  it('names everything that is missing, at once', () => {
    const problems = problemsOf({ BOT_TYPE: 'SingleTenant' });
    assert.match(problems.join('\n'), /BOT_ID is missing/);
    assert.match(problems.join('\n'), /AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING/);
  });

  it('takes 1 to 10 whole working days between a brief and its meeting', () => {
    const daysOf = (written: string) =>
      readConfig({ ...production, PLR_BRIEF_WORKING_DAYS_BEFORE: written }).rules.briefWorkingDaysBefore;
    assert.deepEqual(['1', '10', ''].map(daysOf), [1, 10, undefined]);
    for (const written of ['0', '11', '2.5', 'two'])
      assert.match(
        problemsOf({ ...production, PLR_BRIEF_WORKING_DAYS_BEFORE: written }).join(),
        /^PLR_BRIEF_WORKING_DAYS_BEFORE is /,
        written,
      );
  });

  it('takes whether managers may review cases of their own team', () => {
    const ruleOf = (written: string) => readConfig({ ...production, PLR_OWN_TEAM: written }).rules.ownTeam;
    assert.deepEqual(['allowed', 'never', ''].map(ruleOf), ['allowed', 'never', undefined]);
  });

  it('takes from which count reviews are counted out, and what share of the cases is to be reviewed', () => {
    const { rules } = readConfig({ ...production, PLR_SMALL_COUNT: '10', PLR_COVERAGE_TARGET: '12' });
    assert.equal(rules.smallCount, 10);
    assert.equal(readConfig({ ...production, PLR_CONCERN_MINUTES: '45' }).rules.concernMinutes, 45);
    assert.equal(rules.coverageTargetPercent, 12);
    for (const [name, written] of [
      ['PLR_CONCERN_MINUTES', '4'],
      ['PLR_CONCERN_MINUTES', '61'],
      ['PLR_SMALL_COUNT', '2'],
      ['PLR_SMALL_COUNT', '5.5'],
      ['PLR_COVERAGE_TARGET', '0'],
      ['PLR_COVERAGE_TARGET', '101'],
      ['PLR_COVERAGE_TARGET', 'ten'],
    ] as const)
      assert.match(
        problemsOf({ ...production, [name]: written }).join(),
        new RegExp(`^${name} is `),
        written,
      );
  });

  it('does not start in production with a setting whose name it does not know', () => {
    const env = { PLR_RETENTION_DAY: '60', PLR_IMAGE: 'plr@sha256:0' };
    assert.deepEqual(problemsOf({ ...production, ...env }), [
      'PLR_RETENTION_DAY is not a setting: mend its name or take it out (docs/runbook.md lists them).',
    ]);
    assert.deepEqual(problemsOf({ ...local, PLR_FUZZ: '100' }), []);
  });

  it('is in the runbook, each setting in the table', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const [, table = ''] = /^## Settings\n([^]*?)^## /m.exec(runbook) ?? [];
    const rows = table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|')[1]);
    assert.deepEqual(
      settingNames.filter((name) => !rows.some((row) => row?.includes(`\`${name}\``))),
      [],
    );
  });

  it('never repeats a password in what it reports', () => {
    const env = { PLR_MODE: 'local', HOST: '0.0.0.0', BOT_PASSWORD: 'correct horse battery staple' };
    assert.doesNotMatch(problemsOf(env).join(), /horse/);
  });

  it('takes names that only look like loopback for what they are', () => {
    assert.equal(isLoopback('localhost.evil.example'), false);
    assert.equal(isLoopback('127.0.0.1:3978'), false);
  });
});
