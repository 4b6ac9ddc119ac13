import { figuresInHand } from '../plr/figures-in-hand.js';
import type { CardContent } from '../surface/feature.js';
import type { House } from '../council/house.js';
import { type Plr, plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import { serviceName, teamName } from '../council/words.js';
import { isBreached, isNotYetSafe, type OpenAlert } from '../plr/alert.js';
import { ageInWords, nextStepInWords, rungInWords, whoActs } from './alert-words.js';
import { hoursInWords } from '../council/ladder.js';
import { asAllocated } from './people-of-alert.js';
import { hasReachedSomebody } from '../plr/alert-reached.js';

export interface OpenAlertOf {
  readonly plr: Plr;
  readonly alert: OpenAlert;
}

/**
 * Every open alert, oldest first. An open alert always has something due, so it is in an active partition. The
 * figures of those partitions name the alerts, and only these are read whole.
 */
export async function openAlerts(services: Services): Promise<OpenAlertOf[]> {
  const open = (await figuresInHand(services)).filter(
    ({ alert }) => alert !== undefined && alert.state !== 'closed',
  );
  const plrs = await Promise.all(
    open.map(({ cycleId, ref }) => services.documents.read(plrKind, plrKey(cycleId, ref))),
  );
  return plrs
    .flatMap((plr) => {
      const alert = plr?.alert;
      return plr === undefined || alert === undefined || alert.state === 'closed' ? [] : [{ plr, alert }];
    })
    .sort((a, b) => (a.alert.raisedAt < b.alert.raisedAt ? -1 : a.alert.raisedAt > b.alert.raisedAt ? 1 : 0));
}

/** As many as a card can carry within Teams' limit. */
const mostShown = 12;

/** `back`: the alert from whose card its reader comes, with what they were typing there. */
export function boardOf(
  open: readonly OpenAlertOf[],
  house: House,
  back: Readonly<Record<string, string>> = {},
): CardContent {
  const alerts = open.slice(0, mostShown).map((one) => rowOf(one, house));
  return {
    template: 'alert/board',
    summary: 'Open alerts',
    data: { intro: introOf(open.length), alerts, back, hasBack: back['ref'] !== undefined },
  };
}

function introOf(count: number): string {
  if (count === 0) return 'No alert is open.';
  if (count === 1) return '1 alert is open.';
  const more = count > mostShown ? ` The oldest ${mostShown} are shown.` : '';
  return `${count} alerts are open, oldest first.${more}`;
}

const stateWords = {
  raised: 'not acknowledged',
  acknowledged: 'acknowledged, no management grip yet',
  gripped: 'management grip recorded, to be checked',
} as const;

function rowOf({ plr, alert }: OpenAlertOf, house: House) {
  const { teamId, serviceId } = asAllocated(plr, house);
  const breached = isBreached(alert) ? `, ${hoursInWords(alert.ladder)} passed` : '';
  const unreached = alert.state === 'raised' && !hasReachedSomebody(alert) ? ', nobody reached' : '';
  return {
    cycle: plr.cycleId,
    ref: plr.ref,
    title: `${plr.ref}: ${isNotYetSafe(alert) ? 'the child is not safe yet, ' : ''}${stateWords[alert.state]}${breached}${unreached}`,
    colour: alert.state === 'raised' || isNotYetSafe(alert) ? 'Attention' : 'Default',
    lines: [
      { label: 'Age', text: ageInWords(alert.raisedAt, house.now) },
      { label: 'Team', text: `${teamName(teamId, house)}, ${serviceName(serviceId, house)}` },
      { label: 'Rung', text: rungInWords(alert) },
      { label: 'Who has it', text: whoActs(alert, plr, house) },
      { label: 'Next', text: nextStepInWords(alert, house) },
    ],
  };
}
