import type { CardContent } from '../feature.js';
import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import { timeInWords } from '../words.js';
import type { Alert, TimelineEntry } from './alert.js';
import { entryInWords } from './alert-words.js';

/** As many lines as a card can carry; the earlier ones are counted, and stay in the PLR. */
const mostEntries = 60;

export function timelineCard(plr: Plr, alert: Alert, house: House): CardContent {
  const shown = alert.timeline.slice(-mostEntries);
  const left = alert.timeline.length - shown.length;
  return {
    template: 'alert/timeline',
    summary: 'Timeline of an alert',
    data: {
      cycle: plr.cycleId,
      ref: plr.ref,
      hasEarlier: left > 0,
      earlier: `${left} earlier entries are not shown here.`,
      times: atEachTime(shown, house).map(({ at, entries }) => ({
        at,
        entries: entries.map((entry) => ({ text: entryInWords(entry, alert, house) })),
      })),
    },
  };
}

/** What happened in the same minute stands together, under one time. */
function atEachTime(shown: Alert['timeline'], { timeZone }: House) {
  const times: { at: string; entries: TimelineEntry[] }[] = [];
  for (const entry of shown) {
    const at = timeInWords(entry.at, timeZone);
    const last = times.at(-1);
    if (last?.at === at) last.entries.push(entry);
    else times.push({ at, entries: [entry] });
  }
  return times;
}
