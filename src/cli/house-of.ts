import type { House } from '../practice/council/house.js';
import { Refused, type CommandContext } from './run.js';

/** The council as it is. @throws Refused before the first import. */
export function houseOf({ foundation }: Pick<CommandContext, 'foundation'>): House {
  const house = foundation.house();
  if (house === undefined)
    throw new Refused('There is no roster yet: import one with "plr import org FOLDER".');
  return house;
}
