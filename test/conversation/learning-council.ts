import type {
  CycleId,
  PersonId,
  PlrRef,
  ServiceId,
  StandardId,
  TeamId,
} from '../../src/practice/base/ids.js';
import type { Roster } from '../../src/practice/council/organisation.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { noAnswers, type Finding } from '../../src/practice/plr/answers.js';
import { localDate, type Instant } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import type { BotInTeams } from './bot-in-teams.js';

const firstNames = ['Amina', 'Gareth', 'Yusuf', 'Delyth', 'Tobias', 'Ngozi', 'Ravinder', 'Elspeth'];
const lastNames = ['Okonkwo', 'Pritchard', 'Zaman', 'Lindqvist', 'Abernethy'];

/** The small council with names like people's, so that the firewall is asked what it is asked in life. */
export function namedCouncil(): Roster {
  const council = smallCouncil();
  return {
    ...council,
    people: council.people.map((person, at) => ({
      ...person,
      name: `${firstNames[at % firstNames.length]} ${lastNames[at % lastNames.length]}`,
    })),
  };
}

export interface FoundInReview {
  readonly strengths: readonly string[];
  readonly developments: readonly string[];
}

let made = 0;

/** Puts returned reviews of a service beside those that were issued, as if managers had filled them in. */
export async function reviewsReturned(
  bot: BotInTeams,
  cycle: string,
  service: string,
  found: readonly FoundInReview[],
): Promise<void> {
  const { documents } = bot.app.foundation.services;
  const plrs = found.map((one) => returnedPlr(cycle, service, one));
  await documents.createAll(
    plrKind,
    plrs.map((plr) => ({
      key: plrKey(plr.cycleId, plr.ref),
      change: { state: plr, did: 'returned', messages: [] },
    })),
    'system',
  );
}

/** What somebody wrote in a review: it must never be seen in a channel. */
export const aFindingsText = 'Jordan told Amina Okonkwo that he wants to go home to 12 Elm Street.';

function returnedPlr(cycle: string, service: string, { strengths, developments }: FoundInReview): Plr {
  made += 1;
  const finding = (kind: Finding['kind']) => (standard: string) => ({
    kind,
    standard: standard as StandardId,
    section: standard,
    text: aFindingsText,
  });
  const at = `${cycle}-20T10:00:00.000Z` as Instant;
  return {
    ref: `PLR-T${String(made).padStart(5, '0')}` as PlrRef,
    cycleId: cycle as CycleId,
    kind: 'monthly',
    managerId: 'ash-manager' as PersonId,
    practitionerId: 'birch-worker-first' as PersonId,
    teamId: (service === 'assessment' ? 'birch' : 'cedar') as TeamId,
    serviceId: service as ServiceId,
    caseRef: 'CS-1100' as Plr['caseRef'],
    cohort: 'child-in-need',
    issuedAt: at,
    dueOn: localDate(`${cycle}-28`),
    draw: {} as Plr['draw'],
    review: {
      state: 'returned',
      formVersion: '2022-05',
      answers: noAnswers,
      startedAt: at,
      returnedAt: at,
      returnedBy: 'ash-manager' as PersonId,
      completedBy: 'service',
      findings: [...strengths.map(finding('strength')), ...developments.map(finding('development'))],
    },
    actions: [],
  };
}

/** Seven reviews in which recording needs work and the child is heard. */
export const sevenReviews: readonly FoundInReview[] = Array.from({ length: 7 }, (_, at) => ({
  strengths: at < 6 ? ['voice'] : [],
  developments: at < 5 ? ['recording'] : at < 7 ? ['planning'] : [],
}));

/** All that a card shows, as one text. */
export function wordsOf(card: unknown): string {
  const words: string[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) {
      for (const [name, value] of Object.entries(part)) {
        if (typeof value === 'string' && ['text', 'title', 'value', 'label'].includes(name))
          words.push(value);
        else if (name !== 'data') walk(value);
      }
    }
  };
  walk(card);
  return words.join('\n');
}
