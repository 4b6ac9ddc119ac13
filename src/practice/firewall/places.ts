import { textAfter, textBefore, hitAt, hitsOf, type Hit, type Reading } from './hits.js';

const postcode =
  /(?<![\p{L}\p{N}])(?:[a-z]{1,2}\d[a-z\d]?[\s.*_/-]{0,3}[\dO][a-z]{2}|gir[ ]{0,2}0aa)(?![\p{L}\p{N}])/giu;
/** The 124 postcode areas, by first letter. */
const areas = new Set(
  (
    'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN ' +
    'EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML ' +
    'N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD ' +
    'TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'
  ).split(' '),
);
const ordinal = /(?:1st|2nd|3rd|[04-9]th|am|pm)$/i;
/** The first half alone, where the text says that it is a place. */
const outward = /(?<![\p{L}\p{N}])(?<area>[a-z]{1,2})\d[a-z\d]?(?![\p{L}\p{N}])/giu;
const saysPostcode =
  /\bpost ?codes?(?: area)?(?: is| of| starts| starting| begins| beginning|:)?(?: with)? {0,2}$/;
const saysHome =
  /\b(?:liv(?:es?|ed|ing)|mov(?:es?|ed|ing)|placed|placement|address|homes?|hous(?:e|ed|ing)|famil(?:y|ies)|carers?)(?: (?:is|was|back|out|away))?,? (?:in|to|from|at|near) (?:the )?$/;

/**
 * UK postcodes by form. In capitals any area passes, since made-up and retired codes are written too; in
 * small letters only a real area with a real inward part, so that `e1 2nd` stays a phrase.
 */
export function findPostcodes(reading: Reading): Hit[] {
  const whole = [...reading.text.matchAll(postcode)]
    .filter((match) => isPostcode(match[0]))
    .map((match) => hitAt(reading, 'postcode', match.index, match.index + match[0].length));
  return [...whole, ...halves(reading)];
}

function halves(reading: Reading): Hit[] {
  return [...reading.text.matchAll(outward)]
    .filter((match) => {
      const [leadIn, rest] = [
        textBefore(reading, match.index, 50),
        textAfter(reading, match.index + match[0].length, 12),
      ];
      if (saysPostcode.test(leadIn)) return true;
      const isArea =
        areas.has(match.groups?.['area']?.toUpperCase() ?? '') && match[0] === match[0].toUpperCase();
      return isArea && (saysHome.test(leadIn) || /^ (?:area|post ?code)/.test(rest));
    })
    .map((match) => hitAt(reading, 'postcode', match.index, match.index + match[0].length));
}

function isPostcode(found: string): boolean {
  const area = /^[a-z]{1,2}/i.exec(found)?.[0].toUpperCase() ?? '';
  const parted = /[ .-]/.test(found);
  const isKnown = areas.has(area) || area === 'GIR' || area === 'GI';
  if (found === found.toUpperCase()) return isKnown || (parted && !ordinal.test(found));
  return (
    isKnown && !(parted && ordinal.test(found) && !/th$/i.test(found)) && !/(?:[kcm]m|kg|am|pm)$/.test(found)
  );
}

const streetType =
  '(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Cres|Court|Place|Way|Terrace|Gardens|Gdns|Grove|Square|Walk|Hill|Row|Mews|Park|Parade|Rise|View|Green|Gate)';
const surelyAStreet = '(?:Street|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace|Gardens|Grove|Close|Drive)';
const houseNumber = '(?<![\\w./-])\\d{1,4}[A-Za-z]?(?: ?- ?\\d{1,4}[A-Za-z]?)?,? ';
const capitalWord = "[A-Z][\\p{L}']{1,20}";

const numbered = new RegExp(`${houseNumber}(?:${capitalWord}[ -]){1,4}${streetType}\\b`, 'gu');
const numberedSmall = new RegExp(
  `${houseNumber}(?<street>[a-z']{3,20})(?: [a-z']{3,20})?? ${surelyAStreet}\\b`,
  'giu',
);
const unnumbered = new RegExp(
  `(?<![\\w-])(?:(?!The )${capitalWord}[ -]){1,3}${surelyAStreet}\\b(?! [A-Z]| (?:office|team|centre|hub|clinic|surgery|building|site)\\b)`,
  'gu',
);
const flat = new RegExp(
  `\\b(?:Flat|Apartment|Apt|flat|apartment)\\.? (?:no\\.? ?)?\\d{1,4}[A-Za-z]?\\b(?:, ?${numbered.source})?`,
  'gu',
);
const council = new RegExp(
  `(?<![\\w-])(?:(?!The )${capitalWord}[ -]){1,3}(?:Cottage|Farm|Bungalow|Lodge)\\b`,
  'gu',
);
const livesIn = new RegExp(
  `(?<=\\b(?:[Ll]ive[sd]?|[Ll]iving|stay(?:s|ed|ing)?|resid(?:es|ed|ing)|placed|moved|address is) (?:at|in|to|on)?:? ?)(?:(?!The )${capitalWord}[ -]){1,3}(?:House|Hall|Court|Villa|View|Place|Way)\\b`,
  'gu',
);

/** Words between a number and "road" that show a count or a phrase, not a street. */
const noStreet =
  /^(?:the|and|of|on|in|our|own|per|for|out|each|more|people|children|families|cases|reviews|visits|weeks|days|months|years|workers|steps|main|way|down|along|across|very|cul)$/;

/** Numbers with streets, flats, house names, and schools and nurseries by name. */
export function findAddresses(reading: Reading): Hit[] {
  const patterns = [numbered, unnumbered, flat, council, livesIn];
  return [
    ...patterns.flatMap((pattern) => hitsOf(reading, 'address', pattern)),
    ...smallAddresses(reading),
    ...schools(reading),
  ];
}

function smallAddresses(reading: Reading): Hit[] {
  return [...reading.text.matchAll(numberedSmall)]
    .filter((match) =>
      match[0]
        .split(' ')
        .slice(1)
        .every((part) => !noStreet.test(part.toLowerCase())),
    )
    .filter(
      (match) =>
        !/(?:section|page|step|question|stage|level|year|part|item|of) $/.test(
          textBefore(reading, match.index, 10),
        ),
    )
    .map((match) => hitAt(reading, 'address', match.index, match.index + match[0].length));
}

const sort =
  '(?:Primary|Secondary|Infants?|Juniors?|High|Grammar|Special|Community|Catholic|RC|CE|CofE|Free|First|Middle|Prep(?:aratory)?)';
const place = "(?:School|Academy|College|Nursery|Pre-?[Ss]chool|Playgroup|Children's Centre|Sixth Form)";
const school = new RegExp(
  `(?<![\\w'-])(?:St\\.? |Saint )?(?:${capitalWord}[ -]){1,4}(?:of England )?(?:(?:Church of England|${sort}) ){0,3}${place}\\b`,
  'gu',
);
const saint =
  /\b(?:st\.?|saint) [a-z]{3,15}(?:'s|s)?(?: (?:and|&) (?:st\.? )?[a-z]{3,15}'?s?)?(?: (?:[a-z]{2,10} ){0,3}(?:school|academy|college|nursery|preschool|playgroup))\b/gi;
const attends =
  /(?<=\b(?:attend(?:s|ed|ing)?|goes to|went to|pupil at|start(?:s|ed|ing)? at|place at|school is|school,) )(?:St\.? |Saint )[A-Z][a-z]{2,15}(?:'s)?/g;
/** Schools that are a kind of school or a service of the council, not a place that tells where a child is. */
const noSchool =
  /^(?:(?:The|A|An|Our|Each|Every|Local|Any|Most|This|That|All|Social|Work|Practice|Leadership|Virtual|Primary|Secondary|Infants?|Juniors?|High|Grammar|Special|Community|Free|First|Middle|Staff|Royal|National|Regional|Training|Teaching|Learning|Children's|Centre|At|In|With|From|When|Where|What|School|Academy|College|Nursery|Preschool|Playgroup|Sixth|Form)[ -]?)+$/;

function schools(reading: Reading): Hit[] {
  const named = [...reading.text.matchAll(school)]
    .filter((match) => !noSchool.test(match[0]))
    .map((match) => hitAt(reading, 'address', match.index, match.index + match[0].length));
  return [...named, ...hitsOf(reading, 'address', saint), ...hitsOf(reading, 'address', attends)];
}
