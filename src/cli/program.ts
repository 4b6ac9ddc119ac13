import { Command } from 'commander';
import { productVersion } from '../config.js';
import { addActionCommands } from './action-commands.js';
import { addAuditCommands } from './audit-commands.js';
import { addClockCommands } from './clock-commands.js';
import { addCycleCommands } from './cycle-commands.js';
import { addDeliveryCommands } from './delivery-commands.js';
import { addFirewallCommands } from './firewall-commands.js';
import { addHistoryCommand } from './history-commands.js';
import { addImportCommands } from './import-commands.js';
import { addLearningCommands } from './learning-commands.js';
import { addOpenCommand } from './open-command.js';
import { addReportCommands } from './report-commands.js';
import { addRetentionCommands } from './retention-commands.js';
import { addRolesCommands } from './roles-commands.js';
import { addStoreCommands } from './store-commands.js';
import { explainFailure } from './run.js';

export function createProgram(): Command {
  const program = new Command('plr')
    .description('The operator’s command line of the Practice Learning Bot.')
    .version(productVersion())
    .option('--json', 'print one JSON document and nothing else')
    .exitOverride((error) => {
      throw error;
    });
  addHistoryCommand(addImportCommands(program));
  addCycleCommands(program);
  addOpenCommand(program);
  addDeliveryCommands(program);
  addActionCommands(program);
  addLearningCommands(program);
  addReportCommands(program);
  addFirewallCommands(program);
  addClockCommands(program);
  addAuditCommands(program);
  addRetentionCommands(program);
  addStoreCommands(program);
  addRolesCommands(program);
  for (const command of everyCommand(program))
    command.option('--json', 'print one JSON document and nothing else').exitOverride();
  for (const command of [program, ...everyCommand(program)])
    command.showHelpAfterError(`"${fullName(command)} --help" says how.`);
  const parse = program.parseAsync.bind(program);
  program.parseAsync = async (argv) => {
    try {
      return await parse(argv);
    } catch (error) {
      process.exitCode = explainFailure(error);
      return program;
    }
  };
  return program;
}

/** `plr cycle plan` */
function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...everyCommand(one)]);
}
