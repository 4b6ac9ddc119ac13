import { azuritePorts, azuritePortUses, type AzuritePorts } from './azurite.js';
import { firstPlaygroundPort, playgroundPortUse } from './playgrounds.js';
import type { PortUse } from './ports.js';
import type { PersonaKey } from './sample-council.js';

/** The personas to whom `npm start` gives a Playground, in the order of their ports. */
export const personaKeys: readonly PersonaKey[] = ['manager', 'link-reviewer', 'team-manager', 'qa-lead'];

const highestPort = 65_535;

/** The ports of a local run from the environment; the problems, all at once, when a number cannot be one. */
export function readLocalPorts(environment: Readonly<Record<string, string | undefined>>): {
  readonly ports: LocalPorts;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = (variable: string, usual: number, inARow: number): number => {
    const given = environment[variable];
    if (given === undefined || given === '') return usual;
    const port = Number(given);
    const last = highestPort - inARow + 1;
    if (Number.isInteger(port) && port >= 1 && port <= last) return port;
    problems.push(`${variable} is "${given}": give a whole number from 1 to ${last}.`);
    return usual;
  };
  const ports = {
    bot: read('PORT', 3978, 1),
    azurite: azuritePorts(read('PLR_AZURITE_PORT', 10_000, 3)),
    firstPlayground: read('PLR_PLAYGROUND_PORT', firstPlaygroundPort, personaKeys.length),
  };
  return { ports, problems };
}

export function localPortUses(
  { bot, azurite, firstPlayground }: LocalPorts,
  personas = personaKeys,
): PortUse[] {
  return [
    { port: bot, usedFor: 'the bot', variable: 'PORT', elsewhere: bot + 100 },
    ...azuritePortUses(azurite),
    ...personas.map((key, index) => playgroundPortUse(firstPlayground + index, key, firstPlayground)),
  ];
}

export interface LocalPorts {
  readonly bot: number;
  readonly azurite: AzuritePorts;
  /** The first of as many in a row as there are personas. */
  readonly firstPlayground: number;
}
