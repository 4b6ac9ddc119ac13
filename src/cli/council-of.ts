import type { CouncilContext } from '../practice/council/council-context.js';
import { Refused, type CommandContext } from './run.js';

/** The council as it is. @throws Refused before the first import. */
export function councilOf({ foundation }: Pick<CommandContext, 'foundation'>): CouncilContext {
  const council = foundation.council();
  if (council === undefined)
    throw new Refused('There is no roster yet: import one with "plr import org FOLDER".');
  return council;
}
