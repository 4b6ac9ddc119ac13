import { extname } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { reportCsv } from '../documents/report-csv.js';
import { reportDocument } from '../documents/report-document.js';
import { reportJson } from '../documents/report-json.js';
import { reportWorkbook } from '../documents/report-workbook.js';
import { isRefusal } from '../practice/base/errors.js';
import type { ServiceId } from '../practice/base/ids.js';
import { boardReport, serviceReport } from '../practice/reporting/board-report.js';
import { monthlyPeriod, quarterlyPeriod, type Period } from '../practice/plr/period.js';
import { versionsOf } from '../practice/reporting/decide-opening.js';
import { readReportInput } from '../practice/reporting/read-report-input.js';
import type { Report } from '../practice/surface/report-model.js';
import { signedOff } from '../practice/reporting/signed-report.js';
import { dateAt } from '../practice/base/time.js';
import { monthArgument } from './cycle-commands.js';
import { act, Refused, writeOut, type CommandContext, type Result } from './run.js';

const formats = ['json', 'docx', 'xlsx', 'csv'] as const;
type Format = (typeof formats)[number];

interface ReportOptions {
  readonly format?: Format;
  readonly out?: string;
  readonly service?: string;
  readonly published?: true | string;
}

/** `plr report`: the Board's report of a month or a financial quarter (docs/domain.md, 5.3, 9, 13, 14). */
export function addReportCommands(program: Command): void {
  const report = program.command('report').description('the Board’s reports');
  const periods = [
    {
      name: 'monthly',
      argument: '<YYYY-MM>',
      read: (text: string) => monthlyPeriod(monthArgument(text)),
      of: 'a month',
    },
    { name: 'quarterly', argument: '<2021-22-Q4>', read: quarterArgument, of: 'a financial quarter' },
  ];
  for (const { name, argument, read, of } of periods) {
    report
      .command(name)
      .argument(argument, of, read)
      .addOption(
        new Option('--format <format>', 'default: what the file’s name ends in, else json').choices(formats),
      )
      .option('--out <file>', 'write to this file; docx and xlsx need one')
      .option('--service <id>', 'only this service: its page for a Performance Surgery')
      .option(
        '--published [version]',
        'as it was signed off: this version, else the newest; never counted again',
      )
      .description(`the report of ${of}: JSON, Word, spreadsheet or CSV`)
      .action(async (period: Period, options: ReportOptions, command: Command) => {
        const format = options.format ?? formatOf(options.out);
        if (format === undefined)
          command.error('error: name a file that ends in .json, .docx, .xlsx or .csv, or add --format.');
        if (options.out === undefined && (format === 'docx' || format === 'xlsx'))
          command.error(`--format ${format} needs --out FILE.`);
        if (options.published !== undefined && options.service !== undefined)
          command.error('--published is the whole report: leave --service out.');
        await act(command, (context) => makeReport(context, period, format, options));
      });
  }
}

function quarterArgument(text: string): Period {
  try {
    return quarterlyPeriod(text);
  } catch {
    throw new InvalidArgumentError('A financial quarter is written as 2021-22-Q4 (January to March 2022).');
  }
}

/** The format by the ending of the file's name: JSON when it has none, undefined when no report has that ending. */
function formatOf(out = ''): Format | undefined {
  const ending = extname(out).slice(1).toLowerCase();
  return ending === '' ? 'json' : formats.find((format) => format === ending);
}

async function makeReport(
  context: CommandContext,
  period: Period,
  format: Format,
  { out, service, published }: ReportOptions,
): Promise<Result> {
  const report =
    published === undefined
      ? await reportOf(context, period, service as ServiceId | undefined)
      : await publishedReport(context, period, published);
  const body = await bodies[format](report);
  if (out === undefined) return { json: JSON.parse(reportJson(report)), lines: [String(body).trimEnd()] };
  await writeOut(out, body);
  const json = { period: period.id, scope: report.scope, format, out, madeOn: report.madeOn };
  return { json, lines: [`${report.title}: written to ${out}`] };
}

const bodies: Readonly<Record<Format, (report: Report) => string | Buffer | Promise<Buffer>>> = {
  json: reportJson,
  csv: reportCsv,
  docx: reportDocument,
  xlsx: reportWorkbook,
};

/** @throws Refused when no such version was signed off. */
async function publishedReport(
  { foundation }: CommandContext,
  period: Period,
  wanted: true | string,
): Promise<Report> {
  const versions = await versionsOf(period.id, foundation.services.documents);
  const signed = versions.filter(({ state }) => state === 'published');
  const found = wanted === true ? signed.at(-1) : signed.find(({ version }) => String(version) === wanted);
  if (found === undefined) {
    const which = wanted === true ? 'No version' : `No version ${wanted}`;
    throw new Refused(
      `${which} of the report of ${period.inWords} was published: a QA lead signs it off in Teams.`,
    );
  }
  return signedOff(found);
}

/** @throws Refused with the sentence that names the cells, when its figures contradict each other. */
async function reportOf(
  { config, foundation }: CommandContext,
  period: Period,
  service: ServiceId | undefined,
): Promise<Report> {
  const madeOn = dateAt(foundation.clock.now(), config.timeZone);
  const council = foundation.council();
  const input = await readReportInput(period, foundation.services, madeOn, council);
  if (service !== undefined && !knows(service, input.figures, council?.organisation.services))
    throw new Refused(`There is no service "${service}", in the roster or among the PLRs of ${period.id}.`);
  const report = service === undefined ? boardReport(period, input) : serviceReport(period, input, service);
  if (isRefusal(report)) throw new Refused(report.say);
  return report;
}

function knows(
  service: ServiceId,
  figures: readonly { readonly serviceId: ServiceId; readonly managerServiceId?: ServiceId }[],
  roster: ReadonlyMap<ServiceId, unknown> | undefined,
): boolean {
  if (roster?.has(service) === true) return true;
  return figures.some((one) => one.serviceId === service || one.managerServiceId === service);
}
