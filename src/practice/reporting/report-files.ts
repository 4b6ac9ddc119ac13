import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import type { ServiceId } from '../base/ids.js';
import { isRefusal } from '../base/errors.js';
import type { FileMaker } from '../surface/feature.js';
import { fileName, partsOfKey, type FileAddress } from '../surface/files.js';
import { serviceReport } from './board-report.js';
import type { Period } from '../plr/period.js';
import { periodOfId } from '../plr/period-said.js';
import { readReportInput } from './read-report-input.js';
import { reportKey, signedOff, signedReportKind, type SignedReport } from './signed-report.js';

/** A button of a report's card that asks for its file. */
export interface FileButton extends FileAddress {
  readonly label: string;
}

export function filesOfReport({ period, version }: SignedReport): FileButton[] {
  const of = `${period.id}/${version}`;
  return [
    { kind: 'report', of, label: 'Get it as Word' },
    { kind: 'report-workbook', of, label: 'Get it as a spreadsheet' },
  ];
}

export function filesOfService({ id }: Period, serviceId: string): FileButton[] {
  return [{ kind: 'service-report', of: `${id}/${serviceId}`, label: 'Get it as Word' }];
}

const versionNumber = z.coerce.number().int().min(1).max(999);

/** The version that the card shows, word for word; a draft says that it is a draft. */
const reportAs =
  (as: 'report' | 'report-workbook'): FileMaker =>
  async (key, { actor, council, documents }) => {
    if (!mayIn(actor, 'work on board report', wholeCouncil, council)) return undefined;
    const [periodId, written] = partsOfKey(key);
    const [period, version] = [periodOfId(periodId), versionNumber.safeParse(written)];
    if (period === undefined || !version.success) return undefined;
    const signed = await documents.read(signedReportKind, reportKey(period.id, version.data));
    if (signed === undefined) return undefined;
    const extension = as === 'report' ? 'docx' : 'xlsx';
    const words = `PLR report ${period.id} v${signed.version}${signed.state === 'draft' ? ' draft' : ''}`;
    const chosen = signed.state === 'draft' ? '' : ` --published ${signed.version}`;
    return {
      name: fileName(words, extension),
      description: `The Board’s report, ${period.inWords}${signed.state === 'draft' ? ': a draft, not signed off' : ''}`,
      command: `${command(period)}${chosen} --format ${extension} --out FILE`,
      content: { as, report: signedOff(signed) },
    };
  };

/** The page of one service, for its manager, as the record stands (docs/domain.md, 9). */
const serviceDocument: FileMaker = async (key, turn) => {
  const { actor, council } = turn;
  const [periodId, serviceId] = partsOfKey(key);
  const period = periodOfId(periodId);
  const service = council.organisation.services.get(serviceId as ServiceId);
  if (period === undefined || service === undefined) return undefined;
  if (!mayIn(actor, 'read service report', { serviceId: service.id }, council)) return undefined;
  const input = await readReportInput(period, turn, council.today, council);
  const report = serviceReport(period, input, service.id);
  if (isRefusal(report)) return undefined;
  return {
    name: fileName(`PLR report ${period.id} ${service.name}`, 'docx'),
    description: `The figures of your service, ${period.inWords}`,
    command: `${command(period)} --service ${service.id} --format docx --out FILE`,
    content: { as: 'report', report },
  };
};

function command({ kind, id }: Period): string {
  return `report ${kind} ${id}`;
}

export const reportFiles = {
  report: reportAs('report'),
  'report-workbook': reportAs('report-workbook'),
  'service-report': serviceDocument,
};
