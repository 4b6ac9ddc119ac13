import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import type { Recipient } from '../plr/ports.js';
import { personName, timeInWords } from '../council/words.js';
import { whyNotSent } from '../surface/why-not-sent.js';
import type { Alert, TimelineEntry, WhyClimbed } from '../plr/alert.js';
import { callWords, reasonWords, safetyWords } from './words.js';
import { addresseeWords } from './people-of-alert.js';

type Typed = Readonly<Record<string, string>>;

/** As many lines as a card can carry; the card counts the earlier ones, which stay in the PLR. */
const maxEntries = 60;

/** `typed`: what its reader was typing, so that they can go on. */
export function timelineCard(
  plr: Plr,
  alert: Alert,
  council: CouncilContext,
  typed: Typed = {},
): CardContent {
  const shown = alert.timeline.slice(-maxEntries);
  const left = alert.timeline.length - shown.length;
  return {
    template: 'alert/timeline',
    summary: 'Timeline of an alert',
    data: {
      ref: plr.ref,
      back: { cycle: plr.cycleId, ref: plr.ref, ...typed },
      hasEarlier: left > 0,
      earlier: `${left} earlier entries are not shown here.`,
      times: atEachTime(shown, council).map(({ at, entries }) => ({
        at,
        entries: entries.map((entry) => ({ text: entryInWords(entry, alert, council) })),
      })),
    },
  };
}

/** What happened in the same minute is shown together, under one time. */
function atEachTime(shown: Alert['timeline'], { timeZone }: CouncilContext) {
  const times: { at: string; entries: TimelineEntry[] }[] = [];
  for (const entry of shown) {
    const at = timeInWords(entry.at, timeZone);
    const last = times.at(-1);
    if (last?.at === at) last.entries.push(entry);
    else times.push({ at, entries: [entry] });
  }
  return times;
}

const whyClimbedWords: Readonly<Record<WhyClimbed, string>> = {
  time: 'nobody had acknowledged it',
  away: 'nobody below is there to be told',
  undeliverable: 'the one below could not be reached',
};

/** One line of the timeline, for those who oversee the alert. */
function entryInWords(entry: TimelineEntry, alert: Alert, council: CouncilContext): string {
  const name = (id: Parameters<typeof personName>[0]) => personName(id, council);
  switch (entry.is) {
    case 'flagged':
      return `Flagged by ${name(entry.by)}: ${reasonWords[entry.because]}${entry.byItself === true ? ' (not confirmed, went out by itself)' : ''}`;
    case 'saved':
      return 'Saved, with the messages that tell of it';
    case 'sent':
      return 'person' in entry.to
        ? `Sent to ${name(entry.to.person)} as ${addresseeWords[entry.as]}`
        : 'Sent to the team’s channel';
    case 'delivered':
      return `Delivered to ${toOf(alert, entry.key, council)}`;
    case 'undeliverable':
      return `Could not be delivered to ${toOf(alert, entry.key, council)} (${whyNotSent(entry.reason)})`;
    case 'away':
      return `${name(entry.person)} (${addresseeWords[entry.as]}) is away`;
    case 'climbed':
      return `Climbed to the ${addresseeWords[entry.rung]}: ${whyClimbedWords[entry.why]}`;
    case 'nobody-left':
      return 'No one further up can be told: the QA lead has it';
    case 'unheard':
      return `Nobody who must act had been reached since ${timeInWords(entry.since, council.timeZone)}`;
    case 'breached':
      return `Breach: the time ran out on ${timeInWords(entry.ranOutAt, council.timeZone)} without an acknowledgement`;
    case 'reminded':
      return 'Reminded those who have it';
    case 'reworded':
      return `${name(entry.by)} changed the words of the concern`;
    case 'denied':
      return `${name(entry.by)} says now that there is no immediate concern`;
    case 'rang':
      return `${name(entry.by)} rang ${name(entry.person)} (${addresseeWords[entry.as]}) on ${timeInWords(entry.rangAt, council.timeZone)}: ${callWords[entry.answer]}`;
    case 'acknowledged':
      return `Acknowledged by ${name(entry.by)}: ${safetyWords[entry.safety].toLowerCase()}`;
    case 'safety-restated':
      return `Stated anew by ${name(entry.by)}: ${safetyWords[entry.safety].toLowerCase()}`;
    case 'grip-recorded':
      return `Management grip recorded by ${name(entry.by)}`;
    case 'sent-back':
      return `Sent back by ${name(entry.by)}`;
    case 'closed':
      return `Closed by ${name(entry.by)}`;
    case 'reopened':
      return `Re-opened by ${name(entry.by)}`;
  }
}

function toOf(alert: Alert, key: string, council: CouncilContext): string {
  const sent = alert.timeline.find((entry) => entry.is === 'sent' && entry.key === key);
  return sent?.is === 'sent' ? recipientInWords(sent.to, council) : 'someone';
}

function recipientInWords(to: Recipient, council: CouncilContext): string {
  return 'person' in to ? personName(to.person, council) : 'the team’s channel';
}
