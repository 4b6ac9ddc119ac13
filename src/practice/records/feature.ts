import { may } from '../plr/plr-access.js';
import type { ActionHandler, Feature, Presenter } from '../surface/feature.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { addressPress } from '../forms/read-press.js';
import { attachRecord, noRecordHere, takeBackRecord } from './handlers.js';
import { forgetRosters, rosterPurgeKind } from './jobs-rosters.js';
import { recordsCard, waitingRecords } from './handlers-list.js';
import { recordCard } from './cards.js';
import { recordFile } from './record-file.js';
import { recordPart } from './part.js';

const recordReady: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, message, council) =>
    plr.record?.state === 'waiting' || message.redraws !== undefined
      ? recordCard(plr, council)
      : { superseded: 'it was attached' },
};

const openRecord: ActionHandler = async (data, { actor, council, documents }) => {
  const read = addressPress.safeParse(data);
  if (!read.success) return noRecordHere();
  const plr = await documents.read(plrKind, plrKey(read.data.cycle, read.data.ref));
  const theirs = plr?.record !== undefined && may(actor, 'attach record', plr, council);
  return theirs ? recordCard(plr, council) : noRecordHere();
};

const listRecords: ActionHandler = (_data, turn) =>
  waitingRecords.for(turn.actor, turn.council) ? recordsCard(turn) : Promise.resolve(noRecordHere());

/**
 * Every finished PLR goes on the child's electronic record, and its words are then removed here
 * (docs/domain.md, 4.9).
 */
export const recordsFeature: Feature = {
  plrPart: recordPart,
  verbs: {
    'records.attached': attachRecord,
    'records.taken-back': takeBackRecord,
    'records.open': openRecord,
    'records.list': listRecords,
  },
  lists: ['records', 'records.list'],
  commands: [waitingRecords],
  presenters: { 'record-ready': recordReady },
  kinds: [rosterPurgeKind],
  jobs: [{ name: 'forget old rosters', run: forgetRosters }],
  files: { record: recordFile },
};
