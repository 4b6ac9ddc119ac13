import { z } from 'zod';
import { may } from '../plr/plr-access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { ActionHandler, CardContent, Feature, Presenter } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
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

const snoozePress = addressPress.extend({ until: z.enum(['tomorrow', 'in-3-days']) });

const snooze: ActionHandler = async (data, { actor, council, documents }) => {
  const read = snoozePress.safeParse(data);
  if (!read.success) return notYours;
  const { cycle, ref, until } = read.data;
  const key = plrKey(cycle, ref);
  const changed = await documents.change(plrKind, key, actor.id, (plr) => {
    if (!may(actor, 'fill in review', plr, council)) return refuse('not-yours', 'It is not yours.');
    if (!isOpen(plr)) return refuse('not-open', `${plr.ref} needs no reminder any more.`);
    return snoozeReminder(plr, until, council);
  });
  if (isRefusal(changed))
    return changed.refused === 'not-open' ? noticeCard('Nothing left to do', changed.say) : notYours;
  const on = nextReminderOn(changed, council);
  return noticeCard(
    'I will remind you again',
    `About ${changed.ref}, on ${on === undefined ? 'the day it is due' : dateInWords(on)}. It ${changed.dueOn < council.today ? 'was' : 'is'} due on ${dateInWords(changed.dueOn)}.`,
  );
};

const notYours = noticeCard(
  'There is nothing here for you',
  'There is no such review of yours. Say "my reviews" to see what is yours.',
);

export const reminderFeature: Feature = {
  plrPart: reminderPart,
  verbs: { 'reminder.snooze': snooze },
  presenters: { reminder, 'reminder-put-away': putAway, overdue },
};
