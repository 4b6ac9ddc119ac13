import { firewallReasonInWords } from '../firewall/channel-gate.js';

/** The reason when somebody stopped it on its card. */
export const stoppedByHand = 'stopped';

const words: Readonly<Record<string, string>> = {
  '': 'Teams did not take it',
  [stoppedByHand]: 'it was stopped here',
  '403 BotNotInConversationRoster': 'the app is not installed there',
  '403 ConversationBlockedByUser': 'they have blocked the app',
  '403 BotDisabledByAdmin': 'the app is turned off for the council',
};

/** Why a message reached nobody, in words for people; the ledger has Teams' own code (`plr deliveries`). */
export function whyNotSent(reason: string): string {
  const ofTeams = /^\d{3}\b/.test(reason) ? words[''] : undefined;
  return words[reason] ?? firewallReasonInWords(reason) ?? ofTeams ?? reason;
}
