import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { raiseAlert } from '../../src/practice/alerts/decide-raising.js';
import type { ModerationReason } from '../../src/practice/plr/moderation.js';
import { drawnAtReturn, moderationAtReturn } from '../../src/practice/moderation/decide-at-return.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import { type Answers, findingsOf } from '../../src/practice/plr/answers.js';
import type { Grade } from '../../src/practice/plr/grade.js';
import { localDate } from '../../src/practice/base/time.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import type { BotInTeams } from './bot-in-teams.js';

/** Everything but the grades, which tests choose. */
export function answersOf(
  sections: readonly string[],
  grade: (section: string) => Grade,
  overall: Grade,
): Answers {
  return {
    sections: Object.fromEntries(
      sections.map((section) => [
        section,
        {
          grade: grade(section),
          workingWell: `Seen in ${section}.`,
          needsToImprove: `Missing in ${section}.`,
        },
      ]),
    ),
    together: { tookPlace: true, practitionersPart: 'We read the record together.' },
    family: { is: 'given', what: 'Mum felt listened to.' },
    concern: { immediate: false, what: '' },
    overall: { grade: overall, reason: `The manager says ${overall}.` },
    actions: [
      {
        what: 'Update the plan with the family',
        owner: 'practitioner',
        dueOn: localDate('2022-05-13'),
        keepsChildSafe: false,
      },
    ],
  };
}

export async function plrsOf(bot: BotInTeams, cycle = '2022-04'): Promise<Plr[]> {
  return bot.app.foundation.services.documents.list(plrKind, cycle);
}

export async function plrOf(bot: BotInTeams, manager: string, cycle = '2022-04'): Promise<Plr> {
  const found = (await plrsOf(bot, cycle)).find(({ managerId }) => managerId === manager);
  if (found === undefined) throw new Error(`${manager} has no PLR in ${cycle}.`);
  return found;
}

export interface Returning {
  readonly overall: Grade;
  readonly section?: Grade;
  /** Instead of the manager. */
  readonly by?: string;
  /** Drawn for this reason, whatever chance says. */
  readonly drawnFor?: ModerationReason;
  readonly alert?: boolean;
}

/** Returns the PLR of a manager in one transaction with moderation's draw, as the form does. */
export async function returnPlr(
  bot: BotInTeams,
  manager: string,
  how: Returning,
  cycle = '2022-04',
): Promise<Plr> {
  const { ref } = await plrOf(bot, manager, cycle);
  const council = bot.app.foundation.council();
  if (council === undefined) throw new Error('There is no roster.');
  const form = council.forms.current;
  const answers = answersOf(
    form.sections.map(({ id }) => id),
    () => how.section ?? how.overall,
    how.overall,
  );
  const by = (how.by ?? manager) as PersonId;
  const result = await bot.app.foundation.services.documents.change(
    plrKind,
    plrKey(cycle as CycleId, ref),
    by,
    (plr) => {
      const returned: Plr = {
        ...plr,
        review: {
          state: 'returned',
          formVersion: form.version,
          answers,
          startedAt: council.now,
          returnedAt: council.now,
          returnedBy: by,
          completedBy: how.by === undefined ? 'service' : 'qa',
          findings: findingsOf(answers, form),
        },
      };
      const alerted = how.alert === true ? raiseAlert(returned, 'inadequate', by, council).plr : returned;
      const { plr: state, messages } =
        how.drawnFor === undefined
          ? moderationAtReturn(alerted, council)
          : drawnAtReturn(alerted, how.drawnFor, council);
      return { state, did: 'returned', messages };
    },
  );
  if (isRefusal(result)) throw new Error(result.say);
  return result.after;
}

/** Makes the draws of this bot the same in every run; call it before the first beat. */
export function withSeed(bot: BotInTeams, seed: string): void {
  Object.assign(bot.app.foundation.services, { newSeed: () => seed });
}
