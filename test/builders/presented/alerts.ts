import type { OpenAlert } from '../../../src/practice/plr/alert.js';
import { boardOf } from '../../../src/practice/alerts/alert-board.js';
import { alertCard, channelCard } from '../../../src/practice/alerts/alert-cards.js';
import { raiserCard } from '../../../src/practice/alerts/raiser-card.js';
import { timelineCard } from '../../../src/practice/alerts/timeline-card.js';
import { ids } from '../../unit/practice/alerts/alert-world.js';
import { worldAt } from '../../unit/practice/alerts/world-at.js';
import type { Presented } from '../presented.js';

const open = worldAt('raised');
const acknowledged = worldAt('acknowledged');
const closed = worldAt('closed');

export const presentedAlerts: Presented = {
  'alert/alert': () =>
    alertCard(acknowledged.plr, acknowledged.alert, acknowledged.person(ids.teamManager), acknowledged.house),
  'alert/in-channel': () => channelCard(open.plr, open.alert, open.house),
  'alert/timeline': () => timelineCard(closed.plr, closed.alert, open.house),
  'alert/board': () => boardOf([{ plr: open.plr, alert: open.alert as OpenAlert }], open.house),
  'alert/to-raiser': () => raiserCard(closed.plr, closed.alert, closed.house),
};
