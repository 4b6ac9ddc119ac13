import type { Feature, Presenter } from '../surface/feature.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { attachRecord, openRecord, takeBackRecord } from './handlers.js';
import { forgetRosters, rosterPurgeKind } from './jobs-rosters.js';
import { listRecords, waitingRecords } from './handlers-list.js';
import { recordCard } from './cards.js';
import { recordFile } from './file.js';
import { recordPart } from './part.js';

const recordReady: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, message, council) =>
    plr.record?.state === 'waiting' || message.redraws !== undefined
      ? recordCard(plr, council)
      : { superseded: 'it was attached' },
};

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
