import { z } from 'zod';
import { isRefusal, refuse } from '../base/errors.js';
import type { CardContent, Feature, Presenter } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import { changePress, plrFor } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import { isOpen, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { addressPress } from '../forms/read-press.js';
import { dateInWords, personName } from '../council/words.js';
import {
  nextReminderOn,
  reminderKeys,
  snoozeReminder,
  stageOn,
  reminderPart,
  whoIsTold,
} from './reminders.js';
import { whoHasItToDo } from '../plr/whose-to-do.js';

/** One reminder: which review, when it is or was due, and three things to do about it. */
export function reminderCard(plr: Plr, council: CouncilContext): CardContent {
  return {
    template: 'cycle/reminder',
    summary: 'A review of yours is waiting',
    data: {
      cycle: plr.cycleId,
      ref: plr.ref,
      title: titleOf(plr, council),
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'With', value: personName(plr.practitionerId, council) },
        { title: 'Due', value: dateInWords(plr.dueOn) },
      ],
    },
  };
}

const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function titleOf(plr: Plr, council: CouncilContext): string {
  const { dueOn } = plr;
  const told = whoIsTold(plr, council).map((id) => personName(id, council));
  switch (stageOn(dueOn, council.today, council)) {
    case 'before':
      return 'Your review is due soon';
    case 'on-the-day':
      return council.today > dueOn ? 'Your review was due' : 'Your review is due today';
    case 'after':
      return `Your review is late${told.length === 0 ? '' : `, and I told ${all.format(told)}`}. It still counts when you return it before its cycle closes`;
  }
}

const reminder: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, message, council) => {
    if (!isOpen(plr)) return { superseded: `the review is ${plr.review.state}` };
    if (message.key !== reminderKeys.reminder(plr.ref, plr.reminders?.sent ?? 0))
      return { superseded: 'there is a newer reminder' };
    return reminderCard(plr, council);
  },
};

const putAway: Presenter<Plr> = {
  kind: plrKind,
  present: (plr) =>
    isOpen(plr)
      ? noticeCard('An earlier reminder', `There is a newer one for ${plr.ref}.`)
      : noticeCard('Nothing left to do', `${plr.ref} needs no reminder any more.`),
};

const overdue: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) =>
    isOpen(plr)
      ? noticeCard(
          'A review in your team is late',
          `${personName(whoHasItToDo(plr), council)} has not returned ${plr.ref}, which was due on ${dateInWords(plr.dueOn)}. Please ask what they need. It still counts when it is returned before its cycle closes.`,
        )
      : { superseded: `the review is ${plr.review.state}` },
};

const snooze = changePress({
  ...plrFor('fill in review'),
  reads: addressPress.extend({ until: z.enum(['tomorrow', 'in-3-days']) }),
  decide: (plr, { until }, { council }) =>
    isOpen(plr)
      ? snoozeReminder(plr, until, council)
      : refuse('not-open', `${plr.ref} needs no reminder any more.`),
  show: (plr, { outcome }, { council }) => {
    if (isRefusal(outcome)) return noticeCard('Nothing left to do', outcome.say);
    const on = nextReminderOn(plr, council);
    return noticeCard(
      'I will remind you again',
      `About ${plr.ref}, on ${on === undefined ? 'the day it is due' : dateInWords(on)}. It ${plr.dueOn < council.today ? 'was' : 'is'} due on ${dateInWords(plr.dueOn)}.`,
    );
  },
});

export const reminderFeature: Feature = {
  plrPart: reminderPart,
  verbs: { 'reminder.snooze': snooze },
  presenters: { reminder, 'reminder-put-away': putAway, overdue },
};
