import type { OpenAlert } from '../../../src/practice/plr/alert.js';
import { boardOf } from '../../../src/practice/alerts/board.js';
import { alertCard, channelCard } from '../../../src/practice/alerts/cards.js';
import { raiserCard } from '../../../src/practice/alerts/cards-raiser.js';
import { timelineCard } from '../../../src/practice/alerts/cards-timeline.js';
import { ids } from '../../unit/practice/alerts/alert-world.js';
import { worldAt } from '../../unit/practice/alerts/world-at.js';
import type { Presented } from '../presented.js';

const open = worldAt('raised');
const acknowledged = worldAt('acknowledged');
const closed = worldAt('closed');

export const presentedAlerts: Presented = {
  'alert/alert': () =>
    alertCard(
      acknowledged.plr,
      acknowledged.alert,
      acknowledged.person(ids.teamManager),
      acknowledged.council,
    ),
  'alert/in-channel': () => channelCard(open.plr, open.alert, open.council),
  'alert/timeline': () => timelineCard(closed.plr, closed.alert, open.council),
  'alert/board': () => boardOf([{ plr: open.plr, alert: open.alert as OpenAlert }], open.council),
  'alert/to-raiser': () => raiserCard(closed.plr, closed.alert, closed.council),
};
