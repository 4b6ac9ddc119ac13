import { figuresInHand } from '../plr/figures-in-hand.js';
import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { type Plr, plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import { hoursBetween, type Instant } from '../base/time.js';
import { serviceName, teamName, timeInWords } from '../council/words.js';
import { isBreached, isNotYetSafe, type OpenAlert } from '../plr/alert.js';
import { ageInWords, nextStepInWords, rungInWords, whoActs } from './words.js';
import { hoursInWords } from '../council/ladder.js';
import { asAllocated } from './people-of-alert.js';
import { hasReachedSomebody } from '../plr/alert-reached.js';
import { isUnheard, messagesUnderWay, undelivered, undeliveredMinutes, unheardSince } from './unheard.js';

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
const maxShown = 12;

/** `back`: the alert from whose card its reader comes, with what they were typing there. */
export function boardOf(
  open: readonly OpenAlertOf[],
  council: CouncilContext,
  back: Readonly<Record<string, string>> = {},
): CardContent {
  const alerts = open.slice(0, maxShown).map((one) => rowOf(one, council));
  return {
    template: 'alert/board',
    summary: 'Open alerts',
    data: { intro: introOf(open, council), alerts, back, hasBack: back['ref'] !== undefined },
  };
}

function introOf(open: readonly OpenAlertOf[], council: CouncilContext): string {
  const count = open.length;
  if (count === 0) return 'No alert is open.';
  if (count === 1) return '1 alert is open.';
  const more = count > maxShown ? ` The oldest ${maxShown} are shown.` : '';
  return `${count} alerts are open, ${unheardInIntro(open, council)}oldest first.${more}`;
}

function unheardInIntro(open: readonly OpenAlertOf[], { now }: CouncilContext): string {
  const unheard = open.filter(({ alert }) => isUnheard(alert, now)).length;
  return unheard === 0 ? '' : `${unheard} of which ${unheard === 1 ? 'has' : 'have'} reached nobody, `;
}

const stateWords = {
  raised: 'not acknowledged',
  acknowledged: 'acknowledged, no management grip yet',
  gripped: 'management grip recorded, to be checked',
} as const;

function unheardInWords(since: Instant, { now, timeZone }: CouncilContext): string {
  const minutes = Math.floor(hoursBetween(since, now) * 60);
  const age = minutes < 60 ? `${minutes} minutes` : ageInWords(since, now);
  return `nobody who must act, for ${age} (since ${timeInWords(since, timeZone)}): please ring them now`;
}

function undeliveredLine(count: number): { label: string; text: string }[] {
  if (count === 0) return [];
  const messages = count === 1 ? '1 message' : `${count} messages`;
  return [{ label: 'Not delivered', text: `${messages}, for more than ${undeliveredMinutes} minutes` }];
}

function rowOf({ plr, alert }: OpenAlertOf, council: CouncilContext) {
  const { teamId, serviceId } = asAllocated(plr, council);
  const breached = isBreached(alert) ? `, ${hoursInWords(alert.ladder)} passed` : '';
  const since = isUnheard(alert, council.now) ? unheardSince(alert) : undefined;
  const isLost = alert.state === 'raised' && !hasReachedSomebody(alert);
  const unreached = since !== undefined || isLost ? ', nobody reached' : '';
  return {
    cycle: plr.cycleId,
    ref: plr.ref,
    title: `${plr.ref}: ${isNotYetSafe(alert) ? 'the child is not safe yet, ' : ''}${stateWords[alert.state]}${breached}${unreached}`,
    colour: alert.state === 'raised' || isNotYetSafe(alert) || since !== undefined ? 'Attention' : 'Default',
    lines: [
      ...(since === undefined ? [] : [{ label: 'Nobody reached', text: unheardInWords(since, council) }]),
      ...undeliveredLine(undelivered(messagesUnderWay(alert), plr, council).length),
      { label: 'Age', text: ageInWords(alert.raisedAt, council.now) },
      { label: 'Team', text: `${teamName(teamId, council)}, ${serviceName(serviceId, council)}` },
      { label: 'Rung', text: rungInWords(alert) },
      { label: 'Who has it', text: whoActs(alert, plr, council) },
      { label: 'Next', text: nextStepInWords(alert, council) },
    ],
  };
}
