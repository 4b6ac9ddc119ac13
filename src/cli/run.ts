import { writeFile } from 'node:fs/promises';
import { CommanderError, type Command } from 'commander';
import { createFoundation, type Foundation } from '../foundation.js';
import { connectionString } from '../local/azurite.js';
import { readLocalPorts } from '../local/local-ports.js';
import { ConfigProblems, readOperatorConfig, type Config } from '../config.js';

/** Scripts of operators rely on these. */
export const exitCodes = { done: 0, refused: 1, wrongUsage: 2 } as const;

/** The command cannot do what was asked, and nothing was changed: says what is wrong and what to do. */
export class Refused extends Error {
  /** What `--json` prints instead of a result, if anything. */
  readonly document: unknown;
  constructor(message: string, document?: unknown) {
    super(message);
    this.name = 'Refused';
    this.document = document;
  }
}

/** What each command gets: the same storage and clock that the bot uses. */
export interface CommandContext {
  readonly config: Config;
  readonly foundation: Foundation;
}

export interface Result {
  /** One JSON document for `--json`. */
  readonly json: unknown;
  /** The same for a person. */
  readonly lines: readonly string[];
}

export type Run = (context: CommandContext) => Promise<Result>;

/** Runs one command on the council as the configured storage has it. */
export async function act(command: Command, run: Run): Promise<void> {
  await actOnConfig(command, async (config) => run({ config, foundation: await createFoundation(config) }));
}

/** Runs one command that opens storage itself. */
export async function actOnConfig(command: Command, run: (config: Config) => Promise<Result>): Promise<void> {
  const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
  try {
    const result = await run(readOperatorConfig(localByDefault(process.env)));
    print(json ? [JSON.stringify(result.json)] : result.lines);
  } catch (error) {
    if (error instanceof Refused && json && error.document !== undefined)
      print([JSON.stringify(error.document)]);
    process.exitCode = explainFailure(error);
  }
}

/** On one machine, with nothing configured, the command line finds what `npm start` started. */
function localByDefault(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env['AZURE_STORAGE_ACCOUNT'] || env['AZURE_STORAGE_CONNECTION_STRING']) return env;
  if (env['PLR_MODE'] === 'production') return env;
  const { ports, problems } = readLocalPorts(env);
  if (problems.length > 0) throw new ConfigProblems(problems);
  return {
    ...env,
    PLR_MODE: env['PLR_MODE'] || 'local',
    AZURE_STORAGE_CONNECTION_STRING: connectionString(ports.azurite),
  };
}

/**
 * Writes what a command made. A file about children is readable by its owner alone: mode 0o600.
 * @throws Refused when it cannot be written
 */
export async function writeOut(file: string, content: string | Buffer, mode = 0o666): Promise<void> {
  try {
    await writeFile(file, content, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Refused(`${file} cannot be written${code}. Name a file in a folder that is there.`);
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Says what went wrong and gives the exit code. */
export function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  if (error instanceof Refused || error instanceof ConfigProblems) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.refused;
  }
  process.stderr.write(`${brokenInWords(error)}\n`);
  return exitCodes.refused;
}

/** The network's codes for nobody at the other end. */
const noAnswer = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

function brokenInWords(error: unknown): string {
  const why = error instanceof Error ? error.message : 'unknown';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (noAnswer.has(code))
    return [
      `The storage does not answer (${why}).`,
      'On one machine, start it with "npm start"; when that was given other ports, set the same PLR_AZURITE_PORT here.',
      'Elsewhere, see that AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING is set and names it.',
    ].join('\n');
  return `It did not work${code === '' ? '' : ` (${code})`}: ${why}\nRun it again. If it fails again, docs/runbook.md says where to look.`;
}
