import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkText } from '../practice/firewall/identifier-firewall.js';
import { firewallOf, hitInWords } from '../practice/firewall/channel-gate.js';
import { councilOf } from './council-of.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

/** `plr firewall`: the check that every channel post passes, on a file. */
export function addFirewallCommands(program: Command): void {
  const firewall = program.command('firewall').description('the identifier firewall');
  firewall
    .command('check')
    .argument('<file>', 'a text file in UTF-8, one text a line')
    .description('what in it could identify someone, against the imported roster')
    .action(async (file: string, _options: unknown, command: Command) => {
      await act(command, (context) => check(context, file));
    });
}

/** Every line of the file is answered, by its number from 1; offsets count UTF-16 units in the line. */
async function check(context: CommandContext, file: string): Promise<Result> {
  const firewall = firewallOf(councilOf(context));
  const lines = linesOf(await textOf(file));
  const checked = lines.map((text, at) => ({ line: at + 1, hits: checkText(firewall, text) }));
  const found = checked.flatMap(({ line, hits }) =>
    hits.map(
      ({ kind, start, end }) =>
        `line ${line}, ${start + 1} to ${end}: “${lines[line - 1]?.slice(start, end)}” ${hitInWords(kind)}`,
    ),
  );
  return {
    json: checked.map(({ line, hits }) => ({
      line,
      hits: hits.map(({ kind, start, end }) => ({ kind, start, end })),
    })),
    lines: [
      ...found,
      `${lines.length} ${lines.length === 1 ? 'line' : 'lines'} checked, ${found.length} found`,
    ],
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw new Refused(
      error instanceof TypeError
        ? `${file} cannot be read: it is not text in UTF-8. Save it as such.`
        : `${file} cannot be opened. Is it there, and a file?`,
    );
  }
}

/** The line break that ends a file does not begin another line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
