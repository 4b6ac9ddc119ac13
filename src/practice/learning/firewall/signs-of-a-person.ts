import { articles, calendarWords, personVerbs } from './name-words.js';
import type { NameIndex } from './names.js';
import type { Token } from './tokens.js';

/** Words that open sentences as verbs, so that a verb after them shows a name ("Mark is", "Will was"). */
const verbsThemselves =
  /^(?:mark|rob|sue|chase|drew|will|may|can|close|pat|trace|grant|foster|read|say|see|work|young|price|rose|bridge|wait)$/;
const modals = /^(?:will|may|can|must|could|would|should)$/;

export function isNoun(token: Token): boolean {
  return !modals.test(token.key);
}

/** What does a thing after "will": hope fades, days come, prices rise. */
const doneByThings =
  /^(?:be|been|come|comes|rise|rises|risen|fall|fallen|fade|depend|mean|means|vary|grow|grown|gone|changed|change|always|the|a|an|it|we|they|you|he|she|this|that|our|all|children|people|families|no|not|need|help|make|made|take|matter|become|passed|give|given|bring)$/;

/** What the word does, only a person does: "Grace said", "Mark is", "Will has checked", "May to send". */
export function isActed(tokens: readonly Token[], at: number): boolean {
  const [token, next, after] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token === undefined || next === undefined || token.possessive) return false;
  if (next.capital && !(token.allCapitals && next.allCapitals)) return false;
  if (next.gap === ', ') return next.key === 'who' || isRequest(next) || personVerbs.has(next.key) && !isObject(next);
  if (next.gap !== ' ') return false;
  if (personVerbs.has(next.key) && !isObject(next)) return true;
  if (next.key === 'to') return isTold(token, after);
  const isVerb = verbsThemselves.test(token.key);
  if (/^(?:is|was|isn't|wasn't)$/.test(next.lower))
    return (isVerb && !calendarWords.has(token.key)) || isOfPerson(after, tokens[at + 3]);
  if (/^(?:has|had|hasn't|did|does|didn't|doesn't|will|would|should|could|can)$/.test(next.lower))
    return isVerb ? !calendarWords.has(token.key) || isDeed(tokens, at + 2) : isDeed(tokens, at + 2);
  return false;
}

/** "Mark reviews as read": a plural of the field, not a verb. */
function isObject(verb: Token): boolean {
  return /^(?:reviews|notes|records|visits|meets|leads|works|checks|uses|used|covers|left|completed|signed)$/.test(verb.key);
}

function isRequest(next: Token): boolean {
  return /^(?:please|can|could|would|you|thank|thanks)$/.test(next.key);
}

/** "Grace to send", "Actions: Hope to share"; not "May to July" or "Hope to see". */
function isTold(token: Token, verb: Token | undefined): boolean {
  if (verb === undefined || verb.gap !== ' ' || (verb.capital && !verb.allCapitals) || articles.has(verb.key)) return false;
  if (/^\d|^(?:day|date|hand|end)$/.test(verb.key)) return false;
  return !/^(?:hope|chance|wait|time|day|want|need|wish|way|work)$/.test(token.key) || /: $|(?:^|\n) ?[-•*] $/.test(token.gap);
}

function isOfPerson(after: Token | undefined, further: Token | undefined): boolean {
  if (after?.key === 'on') return /^(?:leave|duty|annual|sick|maternity|holiday)$/.test(further?.key ?? '');
  return /^(?:our|away|absent|new|her|his|also|co|very|praised|thanked|asked|leading|\w{2,}ing)$/.test(
    after?.key ?? '',
  );
}

function isDeed(tokens: readonly Token[], at: number): boolean {
  const verb = tokens[at];
  if (verb === undefined) return false;
  if (/^(?:also|now|already|not|kindly|since|be|been|always|then)$/.test(verb.key)) {
    const deed = tokens[at + 1];
    return deed !== undefined && !doneByThings.test(deed.key) && (!/^be/.test(verb.key) || deed.key.endsWith('ing'));
  }
  return !doneByThings.test(verb.key);
}

/** A colon or dash after it, a role in brackets or after a comma, an @ before it: "Grace: bring one". */
export function isAddressed(tokens: readonly Token[], at: number, isFirst: boolean): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || calendarWords.has(token.key)) return false;
  if (token.gap.endsWith('@')) return true;
  if (next === undefined) return false;
  if (token.opens && isFirst && /^ ?(?::|-) $/.test(next.gap)) return true;
  const isRole =
    next.allCapitals ||
    /^(?:team|manager|worker|social|practitioner|reviewer|moderator|service|head|link|senior|student|our|lead)$/.test(next.key);
  return /^(?:,? \(|, )$/.test(next.gap) && isRole;
}

/** "Mark, Priya and Tom", "Will and Grace", "Hope/Kwame": beside another capitalised word of the roster. */
export function isListed(tokens: readonly Token[], keys: readonly string[], at: number, index: NameIndex): boolean {
  const link = /^(?:, ?| ?\/ ?| ?& ?| ?\+ ?)$/;
  const isName = (place: number) =>
    tokens[place]?.capital === true && index.words.has(keys[place] ?? '') && !calendarWords.has(tokens[place].key);
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined) return false;
  if (link.test(next?.gap ?? '') && isName(at + 1)) return true;
  if (link.test(token.gap) && isName(at - 1)) return true;
  return (next?.lower === 'and' && isName(at + 2)) || (tokens[at - 1]?.lower === 'and' && isName(at - 2));
}
