import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { personName, timeInWords } from '../council/words.js';
import { isNotYetSafe, lastStated, type Alert, type Statement } from '../plr/alert.js';
import type { Line } from './lines.js';
import { nameAndPart, safetyWords } from './words.js';
import { addresseeWords } from './people-of-alert.js';

const becameOfIt: Readonly<Record<Alert['state'], string>> = {
  raised: 'The alert that you raised is open again',
  acknowledged: 'The alert that you raised was acknowledged',
  gripped: 'The alert that you raised has management grip',
  closed: 'The alert that you raised is closed',
};

/** For the manager who raised it: who took it on and how the child is, without anything that anybody wrote. */
export function raiserCard(plr: Plr, alert: Alert, council: CouncilContext): CardContent {
  const isReopened = alert.state === 'acknowledged' && alert.back?.is === 'reopened';
  const heading = becameOfIt[isReopened ? 'raised' : alert.state];
  return {
    template: 'alert/to-raiser',
    summary: heading,
    data: {
      heading: isNotYetSafe(alert) ? `${heading}: the child is not safe yet` : heading,
      colour: alert.state === 'raised' || isNotYetSafe(alert) ? 'Attention' : 'Default',
      lines: [{ label: 'Reference', text: plr.ref }, ...linesOf(alert, council)],
    },
  };
}

function linesOf(alert: Alert, council: CouncilContext): Line[] {
  if (alert.state === 'raised') return [{ label: 'Acknowledged', text: 'not yet' }];
  const by = (label: string, said: Statement) => ({
    label,
    text: `${nameAndPart(said.by, alert, council)}, ${timeInWords(said.at, council.timeZone)}`,
  });
  const grip = alert.state === 'acknowledged' ? [] : [by('Management grip', alert.grip)];
  const lines = [
    by('Acknowledged', alert.acknowledgement),
    { label: 'Safety', text: safetyOf(alert) },
    ...grip,
  ];
  if (alert.state !== 'closed') return lines;
  const { by: lead, at } = alert.closing;
  const text = `${personName(lead, council)} (${addresseeWords['qa-lead']}), ${timeInWords(at, council.timeZone)}`;
  return [...lines, { label: 'Closed', text }];
}

/** While the child was last said to be not safe yet, it is closed only with a note on how they were made safe. */
function safetyOf(alert: Exclude<Alert, { state: 'raised' }>): string {
  const { safety } = lastStated(alert);
  return alert.state === 'closed' && safety === 'not-yet'
    ? `${safetyWords['made-safe']}, as the QA lead noted at the close.`
    : `${safetyWords[safety]}.`;
}
