import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readLadder } from './practice/council/ladder.js';
import type { CouncilRules } from './practice/council/council-context.js';

/**
 * Everything the environment may say (docs/runbook.md lists it), read once, here. Every problem is
 * reported at once, by name.
 */
export interface Config {
  readonly mode: 'production' | 'local';
  readonly host: string;
  readonly port: number;
  readonly bot: BotIdentity;
  readonly storage: StorageConfig;
  /** The connector to open new conversations with when none is known; none in local mode unless named. */
  readonly teamsServiceUrl: string | undefined;
  /** Requests a second to Teams for the whole app in its tenant. Teams allows 50; default 40, minimum 1. */
  readonly teamsMaxRps: number;
  /** IANA name; default Europe/London. */
  readonly timeZone: string;
  readonly rules: CouncilRules;
  /** Connection string of Application Insights: metrics and traces go there. Default: nowhere. */
  readonly applicationInsights?: string | undefined;
}

export interface BotIdentity {
  readonly id: string;
  readonly tenantId: string;
  readonly type: 'UserAssignedMSI' | 'SingleTenant';
  readonly password: string;
}

export type StorageConfig =
  | { readonly by: 'connection-string'; readonly connectionString: string }
  | { readonly by: 'managed-identity'; readonly account: string; readonly clientId: string }
  /** As the person who signed in with `az login`: an operator's machine. */
  | { readonly by: 'azure-cli'; readonly account: string };

export class ConfigProblems extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigProblems';
    this.problems = problems;
  }
}

const publicTeamsServiceUrl = 'https://smba.trafficmanager.net/teams/';
const text = z.string().trim();

const environment = z.object({
  PLR_MODE: z.enum(['production', 'local'], { error: 'is "production" or "local"' }).default('production'),
  HOST: text.optional(),
  PORT: z.coerce
    .number({ error: 'is a whole number' })
    .int('is a whole number')
    .min(0, 'is 0 to 65535')
    .max(65_535, 'is 0 to 65535')
    .default(3978),
  BOT_ID: text.default(''),
  BOT_TENANT_ID: text.default(''),
  BOT_TYPE: z
    .enum(['UserAssignedMSI', 'SingleTenant'], { error: 'is "UserAssignedMSI" or "SingleTenant"' })
    .default('UserAssignedMSI'),
  BOT_PASSWORD: z.string().default(''),
  AZURE_STORAGE_ACCOUNT: text.optional(),
  AZURE_STORAGE_CONNECTION_STRING: text
    .refine(
      (value) => /^UseDevelopmentStorage=true|AccountName=|Endpoint=/i.test(value),
      'is not a connection string: copy it from the storage account',
    )
    .optional(),
  TEAMS_SERVICE_URL: z.url({ error: 'is a web address' }).optional(),
  TEAMS_MAX_RPS: z.coerce
    .number({ error: 'is a number of requests a second' })
    .min(1, 'is 1 to 50')
    .max(50, 'is 1 to 50: Teams allows no more')
    .default(40),
  APPLICATIONINSIGHTS_CONNECTION_STRING: text
    .refine(
      (value) => value.includes('InstrumentationKey='),
      'is the connection string of Application Insights',
    )
    .optional(),
  PLR_TIME_ZONE: text.refine(isTimeZone, 'is the IANA name of a time zone').default('Europe/London'),
  PLR_BOARD_CHANNEL: text.optional(),
  PLR_BOARD_TEAM: text.optional(),
  PLR_RETENTION_DAYS: z.coerce
    .number({ error: 'is a number of days' })
    .int('is a whole number of days')
    .min(1, 'is 1 to 3650')
    .max(3_650, 'is 1 to 3650')
    .optional(),
  PLR_BRIEF_WORKING_DAYS_BEFORE: z.coerce
    .number({ error: 'is a number of working days' })
    .int('is a whole number of working days')
    .min(1, 'is 1 to 10')
    .max(10, 'is 1 to 10')
    .optional(),
  PLR_SMALL_COUNT: z.coerce
    .number({ error: 'is a whole number of reviews' })
    .int('is a whole number of reviews')
    .min(3, 'is 3 to 50')
    .max(50, 'is 3 to 50')
    .optional(),
  PLR_COVERAGE_TARGET: z.coerce
    .number({ error: 'is a whole number of per cent' })
    .int('is a whole number of per cent')
    .min(1, 'is 1 to 100')
    .max(100, 'is 1 to 100')
    .optional(),
  PLR_CLOSING_MONTHS: z.coerce
    .number({ error: 'is a number of months' })
    .int('is a whole number of months')
    .min(0, 'is 0 to 6')
    .max(6, 'is 0 to 6')
    .optional(),
  PLR_CONCERN_MINUTES: z.coerce
    .number({ error: 'is a number of minutes' })
    .int('is a whole number of minutes')
    .min(5, 'is 5 to 60')
    .max(60, 'is 5 to 60')
    .optional(),
  PLR_OWN_TEAM: z.enum(['never', 'allowed'], { error: 'is "never" or "allowed"' }).optional(),
  PLR_ALERT_LADDER: text
    .transform((written, context) => {
      const ladder = readLadder(written);
      if (!('problem' in ladder)) return ladder;
      context.addIssue(ladder.problem);
      return z.NEVER;
    })
    .optional(),
});

/** For the bot. @throws ConfigProblems naming every variable that cannot be used, all at once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return read(env, doorProblems);
}

/** For the operator's commands: they listen nowhere, so who the bot is need not be said. @throws ConfigProblems */
export function readOperatorConfig(env: NodeJS.ProcessEnv): Config {
  return read(env, () => []);
}

function read(env: NodeJS.ProcessEnv, doorProblemsOf: typeof doorProblems): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  const unusable = parsed.success ? [] : parsed.error.issues;
  // What cannot be read is left out here, so that what is missing is reported at the same time.
  const names = new Set(unusable.map(({ path }) => path.join('.')));
  const usable = Object.fromEntries(Object.entries(present).filter(([name]) => !names.has(name)));
  const said = parsed.success ? parsed.data : environment.parse(usable);
  const host = said.HOST ?? (said.PLR_MODE === 'local' ? '127.0.0.1' : '0.0.0.0');
  const storage = storageOf(said);
  const problems = [
    ...unusable.map(({ path, message }) => `${path.join('.')} ${message}.`),
    ...(said.PLR_MODE === 'production' ? unknownNames(present) : []),
    ...doorProblemsOf(said, host),
    ...(typeof storage === 'string' ? [storage] : []),
  ];
  if (problems.length > 0 || typeof storage === 'string') throw new ConfigProblems(problems);
  return Object.freeze({
    mode: said.PLR_MODE,
    host,
    port: said.PORT,
    bot: { id: said.BOT_ID, tenantId: said.BOT_TENANT_ID, type: said.BOT_TYPE, password: said.BOT_PASSWORD },
    storage,
    teamsServiceUrl:
      said.TEAMS_SERVICE_URL ?? (said.PLR_MODE === 'production' ? publicTeamsServiceUrl : undefined),
    teamsMaxRps: said.TEAMS_MAX_RPS,
    timeZone: said.PLR_TIME_ZONE,
    rules: rulesOf(said),
    applicationInsights: said.APPLICATIONINSIGHTS_CONNECTION_STRING,
  });
}

/** The settings there are. */
export const settingNames = Object.keys(environment.shape);

/**
 * Settings of a deployment (infra/main.production.bicepparam): they may also be set where an operator runs
 * commands.
 */
const ofTheDeployment = ['PLR_IMAGE', 'PLR_ON_CALL_EMAIL', 'PLR_OPERATOR_GROUP_ID'];

/** A misspelt setting would silently leave its default in force. Local runs and tests have names of their own. */
function unknownNames(present: Readonly<Record<string, unknown>>): string[] {
  const known = new Set([...settingNames, ...ofTheDeployment]);
  return Object.keys(present)
    .filter((name) => name.startsWith('PLR_') && !known.has(name))
    .map((name) => `${name} is not a setting: mend its name or take it out (docs/runbook.md lists them).`);
}

type Environment = z.infer<typeof environment>;

function rulesOf(said: Environment): CouncilRules {
  const { PLR_BOARD_CHANNEL: channel, PLR_ALERT_LADDER: alertLadder, PLR_OWN_TEAM: ownTeam } = said;
  const { PLR_RETENTION_DAYS: retentionDays, PLR_BRIEF_WORKING_DAYS_BEFORE: briefWorkingDaysBefore } = said;
  const { PLR_CONCERN_MINUTES: concernMinutes, PLR_CLOSING_MONTHS: closingMonths } = said;
  const { PLR_SMALL_COUNT: smallCount, PLR_COVERAGE_TARGET: coverageTargetPercent } = said;
  return {
    ...(alertLadder === undefined ? {} : { alertLadder }),
    ...(ownTeam === undefined ? {} : { ownTeam }),
    // The General channel has its team's own id, so the team need not be named.
    ...(channel === undefined ? {} : { boardChannel: { channel, team: said.PLR_BOARD_TEAM ?? channel } }),
    ...(concernMinutes === undefined ? {} : { concernMinutes }),
    ...(closingMonths === undefined ? {} : { closingMonths }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(briefWorkingDaysBefore === undefined ? {} : { briefWorkingDaysBefore }),
    ...(smallCount === undefined ? {} : { smallCount }),
    ...(coverageTargetPercent === undefined ? {} : { coverageTargetPercent }),
  };
}

/** With an empty app id Bot Framework skips authentication: so only in local mode, and only on loopback. */
function doorProblems(read: Environment, host: string): string[] {
  const problems: string[] = [];
  if (read.BOT_ID === '' && read.PLR_MODE === 'production') {
    problems.push('BOT_ID is missing. Without it anyone could speak as anyone; only PLR_MODE=local runs so.');
  }
  if (read.BOT_ID === '' && read.PLR_MODE === 'local' && !isLoopback(host)) {
    problems.push(`HOST is ${host}: without BOT_ID the bot listens on a loopback address only (127.0.0.1).`);
  }
  if (read.BOT_ID !== '' && read.BOT_TENANT_ID === '') problems.push('BOT_TENANT_ID is missing.');
  if (read.BOT_ID !== '' && read.BOT_TYPE === 'SingleTenant' && read.BOT_PASSWORD === '') {
    problems.push('BOT_PASSWORD is missing: BOT_TYPE SingleTenant signs in with it.');
  }
  return problems;
}

function storageOf(read: Environment): StorageConfig | string {
  if (read.AZURE_STORAGE_CONNECTION_STRING !== undefined) {
    return { by: 'connection-string', connectionString: read.AZURE_STORAGE_CONNECTION_STRING };
  }
  if (read.AZURE_STORAGE_ACCOUNT !== undefined) {
    if (read.BOT_ID === '') return { by: 'azure-cli', account: read.AZURE_STORAGE_ACCOUNT };
    return { by: 'managed-identity', account: read.AZURE_STORAGE_ACCOUNT, clientId: read.BOT_ID };
  }
  return 'AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING is needed: nothing is kept anywhere else.';
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The version of the running product, from package.json. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}
