import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import type { Organisation } from '../council/organisation.js';
import { buildFirewall, checkText, type Firewall, type Hit, type HitKind } from './identifier-firewall.js';

/** A hit that somebody has looked at and answered for: exactly these words may stay. */
export interface Excused {
  readonly kind: HitKind;
  readonly text: string;
}

/** What was found in one of the texts that a card shows. */
export interface GateHit extends Excused {
  /** The whole text in which it was found. */
  readonly within: string;
  /** UTF-16 offsets into `within`. */
  readonly start: number;
  readonly end: number;
}

/** What would be seen in a channel: the notification's words and the card as it is sent. */
export interface ShownInChannel {
  readonly summary: string;
  /** An Adaptive Card, expanded. */
  readonly card: unknown;
}

/**
 * The one gate before every channel post (docs/domain.md, "Privacy"): what a reader would see of it, checked
 * against today's roster. When nothing is found, the post may go. Cost: linear in the card; each version of the
 * roster is prepared once.
 */
export function checkForChannel(
  { summary, card }: ShownInChannel,
  council: CouncilContext,
  excused: readonly Excused[] = [],
): GateHit[] {
  return [summary, ...shownTexts(card)].flatMap((text) => identifiersIn(text, council, excused));
}

const stoppedBy = 'identifier firewall: ';

/** Why a message was set aside: the kinds of what was found, and none of its words. */
export function firewallReason(kinds: readonly HitKind[]): string {
  return `${stoppedBy}${[...new Set(kinds)].join(', ')}`;
}

export function isFirewallReason(reason: string): boolean {
  return reason.startsWith(stoppedBy);
}

/** The same for people; undefined for any other reason. */
export function firewallReasonInWords(reason: string): string | undefined {
  if (!isFirewallReason(reason)) return undefined;
  const kinds = reason.slice(stoppedBy.length).split(', ') as HitKind[];
  return `something in it ${kinds.map(hitInWords).join(', and something ')}`;
}

/** The same for one text: what may not be in a channel and nobody has answered for. */
export function identifiersIn(
  text: string,
  council: CouncilContext,
  excused: readonly Excused[] = [],
): GateHit[] {
  return checkText(firewallOf(council), text)
    .map((hit) => found(hit, text))
    .filter((hit) => !excused.some((one) => one.kind === hit.kind && one.text === hit.text))
    .filter((hit) => !isPublicName(hit, council.organisation));
}

function found({ kind, start, end }: Hit, within: string): GateHit {
  return { kind, text: within.slice(start, end), within, start, end };
}

/**
 * What the framework calls its people (docs/domain.md, "Who uses it"): an alert must not be stopped because
 * somebody has such a name.
 */
const roleTitles = [
  ...['Team Manager', 'Service Manager', 'Head of Service', 'Assistant Director', 'QA lead', 'QA Service'],
  ...['link reviewer', 'social worker', 'Business support', 'business support', 'Practice Learning Review'],
];

/**
 * A channel may name its team and service, and roles by their titles, even where that is also a person's name.
 */
function isPublicName({ kind, start, end, within }: GateHit, { teams, services }: Organisation): boolean {
  if (kind !== 'name' && kind !== 'initials') return false;
  const places = [...teams.values(), ...services.values()].map(({ name }) => name);
  return [...places, ...roleTitles].some((name) => {
    for (let at = within.indexOf(name); at >= 0; at = within.indexOf(name, at + 1)) {
      if (at <= start && end <= at + name.length) return true;
    }
    return false;
  });
}

/** Prepared once for each version of the roster: an organisation is the same object for as long as it is current. */
const firewalls = new WeakMap<Organisation, Firewall>();

export function firewallOf(council: CouncilContext): Firewall {
  const { organisation, today } = council;
  const known = firewalls.get(organisation) ?? buildFirewall(organisation);
  firewalls.set(organisation, known);
  return { ...known, rules: { today, smallCount: smallCountOf(council) } };
}

/** The properties of a card that show words. What buttons carry (`data`) and addresses are not shown. */
const shown = ['text', 'title', 'value', 'label', 'placeholder', 'altText', 'errorMessage', 'fallbackText'];

/** Every text a reader of the card could see. The runs of one paragraph are read as one. */
export function shownTexts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(shownTexts);
  if (typeof part !== 'object' || part === null) return [];
  const entries = Object.entries(part as Record<string, unknown>).filter(([name]) => name !== 'data');
  return entries.flatMap(([name, value]) => {
    if (name === 'inlines' && Array.isArray(value)) return [value.map(runText).join('')];
    if (typeof value === 'string') return shown.includes(name) ? [value] : [];
    return shownTexts(value);
  });
}

function runText(run: unknown): string {
  if (typeof run === 'string') return run;
  const text = typeof run === 'object' && run !== null && 'text' in run ? run.text : '';
  return typeof text === 'string' ? text : '';
}

const kindWords: Readonly<Record<HitKind, string>> = {
  name: 'looks like a name',
  initials: 'looks like someone’s initials',
  'case-reference': 'looks like a case reference',
  'nhs-number': 'looks like an NHS number',
  'date-of-birth': 'looks like a date of birth',
  postcode: 'looks like a postcode',
  address: 'looks like an address or a place that tells who it is',
  phone: 'looks like a phone number',
  email: 'looks like an email address',
  quotation: 'looks like somebody’s own words',
  'small-count': 'is a count so small that it could tell who it is',
};

export function hitInWords(kind: HitKind): string {
  return kindWords[kind];
}
