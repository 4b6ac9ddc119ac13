import type { CardContent, Command, Turn } from './feature.js';

/** What the bot can do for this person: the answer to `help`, to anything it does not understand, and the welcome. */
export function helpCard(
  turn: Turn,
  commands: readonly Command[],
  as: 'help' | 'welcome' = 'help',
): CardContent {
  return {
    template: 'home/help',
    summary: as === 'welcome' ? 'Welcome to Practice Learning Reviews' : 'What I can do for you',
    data: {
      title: as === 'welcome' ? `Welcome, ${turn.actor.name}` : 'What I can do for you',
      intro:
        as === 'welcome'
          ? 'I bring your Practice Learning Reviews (PLRs) here, tell the team at once when a child may be unsafe, and bring back what was learned.'
          : 'Say one of these, or press its button.',
      commands: commands.map(({ words, does }) => ({ word: words[0] ?? '', does })),
    },
  };
}

/** A short card that says one thing: what happened, and what to do next. */
export function noticeCard(title: string, text: string): CardContent {
  return { template: 'home/notice', summary: title, data: { title, text } };
}
