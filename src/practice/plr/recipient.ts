import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Message } from './ports.js';

/** Whom a message is for; undefined for a channel, and for somebody whom the roster does not know. */
export function recipientOf({ to }: Message, { organisation }: CouncilContext): Person | undefined {
  return 'person' in to ? organisation.people.get(to.person) : undefined;
}
