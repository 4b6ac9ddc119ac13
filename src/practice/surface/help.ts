import { capital } from '../council/words.js';
import type { CardContent, Command } from './feature.js';

const intros = {
  help: 'Press a button, or say its words.',
  welcome:
    'Your Practice Learning Reviews (PLRs) come to you here. I tell the team at once when a child may be unsafe, and bring back what was learned. Say "help" at any time.',
  'not-understood': 'I did not understand that. Press a button, or say its words.',
  'not-theirs': 'What you asked for is for others in the council. This is what there is for you.',
};

/** What the bot can do for this person: the answer to `help`, to anything it does not understand, and the welcome. */
export function helpCard(
  commands: readonly Pick<Command, 'words' | 'does'>[],
  as: keyof typeof intros = 'help',
): CardContent {
  return {
    template: 'home/help',
    summary: as === 'welcome' ? 'Welcome to Practice Learning Reviews' : 'What I can do for you',
    data: {
      title: as === 'welcome' ? 'Welcome to Practice Learning Reviews' : 'What I can do for you',
      intro:
        as === 'help' && commands.length === 0
          ? 'I will write to you here when there is something for you to do.'
          : intros[as],
      commands: commands.map(({ words: [word = ''], does }) => ({
        word,
        title: capital(word),
        does: capital(does),
      })),
    },
  };
}

/** A short card that says one thing: what happened, and what to do next; `wrote`: what its reader typed, given back. */
export function noticeCard(title: string, text: string, wrote = ''): CardContent {
  return { template: 'home/notice', summary: title, data: { title, text, wrote } };
}

/**
 * The one answer for what is not there and for what is somebody else's, whatever it is: it tells nobody which.
 * `wrote`: what was typed, given back.
 */
export function nothingHere(wrote = ''): CardContent {
  return noticeCard(
    'There is nothing here for you',
    'Say "help" to see what is yours. What you asked for is not there, or is with someone else. Nothing was changed. If you are worried about a child, ring the team now.',
    wrote,
  );
}

/** The answer in a place where something may not be used: it names nobody and nothing. */
export function inPrivate(): CardContent {
  return noticeCard(
    'Let’s talk in private',
    'Open a chat with me: what concerns a child or a colleague does not belong in a channel.',
  );
}
