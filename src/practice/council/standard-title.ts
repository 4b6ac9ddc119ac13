import type { CouncilContext } from './council-context.js';
import type { StandardId } from '../base/ids.js';

/** In the words of the form now in use, or else of the version that still had it. */
export function standardTitle(id: StandardId, { forms }: CouncilContext): string {
  const versions = [forms.current, ...forms.byVersion.values()];
  const found = versions.flatMap(({ standards }) => standards).find((standard) => standard.id === id);
  return found?.title ?? id;
}
