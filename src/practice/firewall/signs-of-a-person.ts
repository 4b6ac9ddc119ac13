import { articles, beforePeople, calendarWords, personVerbs } from './name-words.js';
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
  /^(?:be|been|come|comes|rise|rises|risen|fall|fallen|fade|depend|mean|means|vary|grow|grown|gone|changed|change|always|it|we|they|you|he|she|need|help|make|made|take|matter|become|passed|give|given|bring)$/;

/** What the word does, only a person does: "Grace said", "Mark is", "Will has checked", "May to send". */
export function isActed(tokens: readonly Token[], at: number): boolean {
  const [token, next, after] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token === undefined || next === undefined || token.possessive) return false;
  if (next.capital && !(token.allCapitals && next.allCapitals)) return false;
  if (next.gap === ', ')
    return next.key === 'who' || isRequest(next) || (personVerbs.has(next.key) && !isObject(token, next));
  if (next.gap !== ' ') return false;
  if ((personVerbs.has(next.key) && !isObject(token, next)) || (token.capital && isPast(next))) return true;
  if (next.key === 'to') return isTold(token, after);
  const isVerb = verbsThemselves.test(token.key);
  if (isAbsent(next, after) && !/^(?:days?|time|home|work)$/.test(token.key)) return true;
  if (/^(?:is|was|isn't|wasn't)$/.test(next.lower))
    return (isVerb && !calendarWords.has(token.key)) || isOfPerson(after, tokens[at + 3]);
  if (/^(?:did|does|didn't|doesn't)$/.test(next.lower)) return true;
  if (/^(?:has|had|hasn't|will|would|should|could|can)$/.test(next.lower))
    return isVerb ? !calendarWords.has(token.key) || isDeed(tokens, at + 2) : isDeed(tokens, at + 2);
  return false;
}

/** Almost any verb in the past, but not what prices and hopes do. */
function isPast(verb: Token): boolean {
  const ofThings =
    /^(?:increased|reduced|faded|based|needed|limited|related|dropped|passed|required|arrived|started|ended|continued|seemed|appeared|remained|changed|included|used|completed|signed|rated|coloured|agreed)$/;
  return /\w{3,}ed$/.test(verb.key) && !ofThings.test(verb.key);
}

/** "Mark reviews as read", "Day visits": things of the field, not verbs. */
function isObject(token: Token, verb: Token): boolean {
  if (token.key === 'will') return false;
  if (/^(?:reviews|notes|records|visits|checks|uses)$/.test(verb.key))
    return (
      verbsThemselves.test(token.key) ||
      /^(?:day|days|home|house|court|case|hope|work|field|ward)$/.test(token.key)
    );
  return verbsThemselves.test(token.key) && /^(?:used|left|completed|signed|found)$/.test(verb.key);
}

function isRequest(next: Token): boolean {
  return /^(?:please|can|could|would|you|thank|thanks)$/.test(next.key);
}

/** "Grace to send", "Actions: Hope to share"; not "May to July" or "Hope to see". */
function isTold(token: Token, verb: Token | undefined): boolean {
  if (verb === undefined || verb.gap !== ' ' || (verb.capital && !verb.allCapitals) || articles.has(verb.key))
    return false;
  if (/^\d|^(?:day|date|hand|end)$/.test(verb.key)) return false;
  return (
    !/^(?:hope|chance|wait|time|day|want|need|wish|way|work)$/.test(token.key) ||
    /: $|(?:^|\n) ?[-•*] $/.test(token.gap)
  );
}

/** "Grace on leave", "Mark is off". */
function isAbsent(word: Token | undefined, after: Token | undefined): boolean {
  if (word?.key === 'on') return /^(?:leave|duty|annual|sick|maternity|holiday)$/.test(after?.key ?? '');
  return /^(?:off|away|absent)$/.test(word?.key ?? '');
}

function isOfPerson(after: Token | undefined, further: Token | undefined): boolean {
  if (isAbsent(after, further)) return true;
  if (after?.key === 'the') return beforePeople.has(further?.key ?? '');
  return /^(?:our|new|her|his|also|co|very|praised|thanked|asked|leading|\w{2,}ing)$/.test(after?.key ?? '');
}

function isDeed(tokens: readonly Token[], at: number): boolean {
  const verb = tokens[at];
  if (verb === undefined) return false;
  if (/^(?:also|now|already|not|kindly|since|be|been|always|then)$/.test(verb.key)) {
    const deed = tokens[at + 1];
    return (
      deed !== undefined &&
      !doneByThings.test(deed.key) &&
      (!/^be/.test(verb.key) || deed.key.endsWith('ing'))
    );
  }
  return !doneByThings.test(verb.key);
}

/** What heads a line with a colon as a word: a surname does too ("Hill: closed"). */
const thingsHeaded =
  /^(?:green|amber|days?|price|home|house|case|note|work|team|plan|field|ward|page|part|ground|job|child|key|act|age|aim|time|need|next|over|role|task|who|what|when|how|why|good|then|say|see|wait)$/;

/** A colon or dash after it, a role in brackets or after a comma, an @ before it: "Grace: bring one". */
export function isAddressed(tokens: readonly Token[], at: number, isFirst: boolean): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined) return false;
  if (token.gap.endsWith('@')) return true;
  if (next === undefined) return false;
  const isHead = isFirst ? !calendarWords.has(token.key) : !thingsHeaded.test(token.key);
  if (token.opens && isHead && /^ ?(?::|-) $/.test(next.gap)) return true;
  const isRole =
    next.allCapitals ||
    /^(?:team|manager|worker|social|practitioner|reviewer|moderator|service|head|link|senior|student|our|lead)$/.test(
      next.key,
    );
  return /^(?:,? \(|, )$/.test(next.gap) && isRole;
}

/** "Mark, Priya and Tom", "Will and Grace", "Hope/Kwame": beside another capitalised word of the roster. */
export function isListed(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const link = /^(?:, ?| ?\/ ?| ?& ?| ?\+ ?)$/;
  const isName = (place: number) =>
    tokens[place]?.capital === true &&
    index.words.has(keys[place] ?? '') &&
    !calendarWords.has(tokens[place].key);
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined) return false;
  if (link.test(next?.gap ?? '') && isName(at + 1)) return true;
  if (link.test(token.gap) && isName(at - 1)) return true;
  return (next?.lower === 'and' && isName(at + 2)) || (tokens[at - 1]?.lower === 'and' && isName(at - 2));
}
