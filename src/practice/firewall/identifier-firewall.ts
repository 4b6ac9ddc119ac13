import { defaultSmallCount } from '../council/council-context.js';
import type { Organisation } from '../council/organisation.js';
import type { LocalDate } from '../base/time.js';
import { findDatesOfBirth } from './dates-of-birth.js';
import { findNames } from './find-names.js';
import { fold, foldText } from './folded-text.js';
import { settleHits, type Hit, type Reading } from './hits.js';
import { findInitials } from './initials.js';
import { indexNames, type NameIndex } from './names.js';
import { findEmails, findNhsNumbers, findPhones } from './numbers.js';
import { findAddresses, findPostcodes } from './places.js';
import { findQuotations } from './quotations.js';
import { findReferences, indexReferences, type ReferenceIndex } from './references.js';
import { findSmallCounts } from './small-counts.js';
import { tokenise } from './tokens.js';

export { hitKinds, type Hit, type HitKind } from './hits.js';

export interface FirewallRules {
  /** Counts of reviews, cases or people below this are hits. Default 5. */
  readonly smallCount: number;
  /**
   * What a date without a word of birth is measured against (dates-of-birth.ts). Default: the latest
   * date of the roster, which an import brings up to date.
   */
  readonly today?: LocalDate;
}

/** The roster prepared for checking texts. Build it once for each version of the roster. */
export interface Firewall {
  readonly names: NameIndex;
  readonly references: ReferenceIndex;
  /** The roster's team and service names, which say nothing of a person: "the Marsh Lane Team". */
  readonly phrases: RegExp | undefined;
  readonly rules: FirewallRules;
}

/** Cost: linear in the roster. People who have left stay in it: their names still identify them. */
export function buildFirewall(organisation: Organisation, rules: Partial<FirewallRules> = {}): Firewall {
  const today = rules.today ?? latestDate(organisation);
  return {
    names: indexNames(organisation.people.values()),
    references: indexReferences(organisation.cases.keys()),
    phrases: knownPhrases(organisation),
    rules: { smallCount: rules.smallCount ?? defaultSmallCount, ...(today === undefined ? {} : { today }) },
  };
}

/**
 * Everything that must not be in a channel, a notification summary or a log (docs/domain.md, "Privacy"), in
 * reading order, with UTF-16 offsets into `text` as given. Never throws; cost linear in the text.
 */
export function checkText(firewall: Firewall, text: string): Hit[] {
  const { names, references, phrases, rules } = firewall;
  const reading = read(text, phrases);
  return settleHits([
    ...findEmails(reading),
    ...findNhsNumbers(reading),
    ...findReferences(reading, references),
    ...findDatesOfBirth(reading, rules.today),
    ...findPhones(reading),
    ...findPostcodes(reading),
    ...findAddresses(reading),
    ...findNames(reading, names),
    ...findInitials(reading, names),
    ...findQuotations(reading),
    ...findSmallCounts(reading, rules.smallCount),
  ]);
}

/** A PLR reference is the one name of a case that may be anywhere: it is blanked out, keeping its length. */
const plrRef = /\bPLR-[A-Z0-9]{6}\b/g;

function read(text: string, phrases: RegExp | undefined): Reading {
  const folded = foldText(text);
  const blank = (found: string) => '\u00a4'.repeat(found.length);
  const refless = folded.text.replace(plrRef, blank);
  const blanked = phrases === undefined ? refless : refless.replace(phrases, blank);
  return { folded, text: blanked, tokens: tokenise(blanked) };
}

function latestDate(organisation: Organisation): LocalDate | undefined {
  let latest: LocalDate | undefined;
  for (const { openedOn, closedOn = openedOn } of organisation.cases.values()) {
    const last = openedOn > closedOn ? openedOn : closedOn;
    if (latest === undefined || last > latest) latest = last;
  }
  return latest;
}

/** "Marsh Lane Team" and "Marsh Lane", but not "12 Marsh Lane". A name of one word proves nothing and is left out. */
function knownPhrases(organisation: Organisation): RegExp | undefined {
  const phrases = [...organisation.teams.values(), ...organisation.services.values()]
    .map(({ name }) => tokenise(fold(name)).map((token) => token.raw))
    .map((words) =>
      words.length > 2 && /^(?:teams?|services?)$/i.test(words.at(-1) ?? '') ? words.slice(0, -1) : words,
    )
    .filter((words) => words.length > 1)
    .map((words) => words.join("[ '-]{1,2}"));
  if (phrases.length === 0) return undefined;
  return new RegExp(`(?<!\\d[a-z]?,? )\\b(?:${phrases.join('|')})\\b`, 'gi');
}
