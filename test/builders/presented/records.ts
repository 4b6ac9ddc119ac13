import type { PlrRef } from '../../../src/practice/base/ids.js';
import { recordCard } from '../../../src/practice/records/cards.js';
import { recordsCard } from '../../../src/practice/records/handlers-list.js';
import { instant } from '../../../src/practice/base/time.js';
import { aContext } from '../a-context.js';
import { aReview } from '../a-plr.js';
import { aTurn } from '../a-turn.js';
import type { Presented } from '../presented.js';

const council = aContext({ at: '2022-05-10T09:00:00Z' });
const waiting = (ref: string, readyAt: string) =>
  aReview()
    .returned()
    .with({ ref: ref as PlrRef, record: { state: 'waiting', readyAt: instant(readyAt) } })
    .build();
const first = waiting('PLR-7K3M2Q', '2022-05-06T09:00:00Z');

export const presentedRecords: Presented = {
  'records/record': () => recordCard(first, council),
  'records/list': () =>
    recordsCard(
      aTurn('business-support', council, { plrs: [waiting('PLR-9TX4WB', '2022-05-09T09:00:00Z'), first] }),
    ),
};
