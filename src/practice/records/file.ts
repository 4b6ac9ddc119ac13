import { may } from '../plr/plr-access.js';
import type { FileMaker } from '../surface/feature.js';
import { fileName, partsOfKey, type FileAddress } from '../surface/files.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { addressPress } from '../forms/read-press.js';
import { recordContent } from './content.js';

export function fileOfRecord({ cycleId, ref }: Plr): FileAddress {
  return { kind: 'record', of: `${cycleId}/${ref}` };
}

/**
 * The document that business support attaches. There is none after the purge, when its words are gone
 * (docs/domain.md, 4.9).
 */
export const recordFile: FileMaker = async (key, { actor, council, documents }) => {
  const [cycle, ref] = partsOfKey(key);
  const read = addressPress.safeParse({ cycle, ref });
  if (!read.success) return undefined;
  const plr = await documents.read(plrKind, plrKey(read.data.cycle, read.data.ref));
  if (plr?.record === undefined || plr.record.state === 'purged') return undefined;
  if (!may(actor, 'attach record', plr, council)) return undefined;
  const record = recordContent(plr, council);
  if (record === undefined) return undefined;
  return {
    name: fileName(plr.ref, 'docx'),
    description: 'The review for the child’s electronic record',
    command: `records export ${plr.ref} --out FILE.docx`,
    content: { as: 'record', record },
  };
};
