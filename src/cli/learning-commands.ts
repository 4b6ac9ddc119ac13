import { Option, type Command } from 'commander';
import { briefingDocument } from '../documents/briefing-document.js';
import { csvOf } from '../documents/spreadsheet-text.js';
import { monthlyCycleId } from '../practice/plr/cycle.js';
import type { ServiceId } from '../practice/base/ids.js';
import { briefKey } from '../practice/learning/brief.js';
import { briefKind } from '../practice/learning/brief-kind.js';
import { briefingOf } from '../practice/learning/briefing.js';
import { workforceList, type WorkforceRow } from '../practice/learning/workforce-list.js';
import type { Month } from '../practice/base/time.js';
import { monthArgument } from './cycle-commands.js';
import { councilOf } from './council-of.js';
import { act, Refused, writeOut, type CommandContext, type Result } from './run.js';

/**
 * `plr learning`: what recurs, for workforce development (docs/domain.md, 5.4); `plr learning brief`: the
 * slides (docs/domain.md, 5.1).
 */
export function addLearningCommands(program: Command): void {
  const learning = program.command('learning').description('learning from the reviews');
  learning
    .command('recurring', { isDefault: true })
    .description(
      'areas for development that recur, in 3 of the last 4 months: what "plr learning" alone does',
    )
    .addOption(new Option('--format <format>', 'csv or json').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'write to this file')
    .action(async (options: { format: 'csv' | 'json'; out?: string }, command: Command) => {
      await act(command, (context) => recurring(context, options));
    });
  learning
    .command('brief')
    .requiredOption('--service <id>', 'the service')
    .requiredOption('--month <YYYY-MM>', 'the month', monthArgument)
    .requiredOption('--out <file.docx>', 'write the slides to this file')
    .description('the learning brief as slides with speaker notes')
    .action(async (options: BriefOptions, command: Command) => {
      await act(command, (context) => slides(context, options));
    });
}

async function recurring(
  context: CommandContext,
  { format, out }: { format: 'csv' | 'json'; out?: string },
): Promise<Result> {
  const rows = await workforceList(context.foundation.services, councilOf(context));
  const text = format === 'csv' ? tableOf(rows) : `${JSON.stringify(rows, null, 2)}\n`;
  if (out === undefined) return { json: rows, lines: [text.trimEnd()] };
  await writeOut(out, text);
  return {
    json: rows,
    lines: [`${rows.length} recurring ${rows.length === 1 ? 'theme' : 'themes'} written to ${out}`],
  };
}

const columns = ['service_id', 'service', 'standard', 'title', 'months', 'found_in', 'of_reviews'];

function tableOf(rows: readonly WorkforceRow[]): string {
  const lines = rows.map(({ serviceId, service, standard, title, months, n, of }) => [
    ...[serviceId ?? '', service, standard, title, months.join(' ')],
    ...[n, of],
  ]);
  return csvOf([columns, ...lines]);
}

interface BriefOptions {
  readonly service: string;
  readonly month: Month;
  readonly out: string;
}

async function slides(context: CommandContext, { service, month, out }: BriefOptions): Promise<Result> {
  const council = councilOf(context);
  const key = briefKey(monthlyCycleId(month), service as ServiceId);
  const brief = await context.foundation.services.documents.read(briefKind, key);
  if (brief === undefined) {
    throw new Refused(
      `There is no brief of "${service}" for ${month}. Briefs are drafted when the month’s cycle closes; services: ${[...council.organisation.services.keys()].join(', ')}.`,
    );
  }
  const briefing = briefingOf(brief, council);
  await writeOut(out, await briefingDocument(briefing));
  const json = { service, month, state: brief.state, slides: briefing.slides.length, out };
  return { json, lines: [`${briefing.slides.length} slides with notes written to ${out}`] };
}
