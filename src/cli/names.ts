import type { LedgerRow } from '../delivery/outbox.js';
import type { CouncilContext } from '../practice/council/council-context.js';

/** `Children in Care Service (S3)`: a name beside its id; the id alone when the roster does not know it. */
export function withName(
  id: string,
  names: ReadonlyMap<string, { readonly name: string }> | undefined,
): string {
  const name = names?.get(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
}

export function recipientInWords({ to, recipient }: LedgerRow, council: CouncilContext | undefined): string {
  const organisation = council?.organisation;
  if ('person' in to) return withName(to.person, organisation?.people);
  return to.channel === 'board'
    ? recipient
    : `${to.channel} channel of ${withName(to.team, organisation?.teams)}`;
}
