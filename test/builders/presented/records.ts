import type { PlrRef } from '../../../src/practice/base/ids.js';
import { recordCard } from '../../../src/practice/records/record-cards.js';
import { recordsCard } from '../../../src/practice/records/list-records.js';
import { instant } from '../../../src/practice/base/time.js';
import { aHouse } from '../a-house.js';
import { aReview } from '../a-plr.js';
import { aTurn } from '../a-turn.js';
import type { Presented } from '../presented.js';

const house = aHouse({ at: '2022-05-10T09:00:00Z' });
const waiting = (ref: string, readyAt: string) =>
  aReview()
    .returned()
    .with({ ref: ref as PlrRef, record: { state: 'waiting', readyAt: instant(readyAt) } })
    .build();
const first = waiting('PLR-7K3M2Q', '2022-05-06T09:00:00Z');

export const presentedRecords: Presented = {
  'records/record': () => recordCard(first, house),
  'records/list': () =>
    recordsCard(
      aTurn('business-support', house, { plrs: [waiting('PLR-9TX4WB', '2022-05-09T09:00:00Z'), first] }),
    ),
};
