import type { House } from './house.js';
import type { StandardId } from '../base/ids.js';

/** As the form now in use words it; else as the version that still has it did. */
export function standardTitle(id: StandardId, { forms }: House): string {
  const versions = [forms.current, ...forms.byVersion.values()];
  const found = versions.flatMap(({ standards }) => standards).find((standard) => standard.id === id);
  return found?.title ?? id;
}
