import { parseCycleId, planChosenCycle, workingDaysIn, type CyclePlan } from '../practice/plr/cycle.js';
import { chosenKindNames, type CycleKind } from '../practice/plr/cycle-kind.js';
import type { CycleChoice } from '../practice/plr/cycle-record.js';
import { explainUnplaced } from '../practice/draw/explain-draw.js';
import { issueCycle, issuePlanned, previewDraw, type Issued } from '../practice/cycles/jobs-issue.js';
import { isRefusal } from '../practice/base/errors.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { PersonId } from '../practice/base/ids.js';
import { cohorts, type Cohort } from '../practice/council/organisation.js';
import { shareInWords } from '../practice/base/statistics/proportion.js';
import { monthOf, type LocalDate, type Month } from '../practice/base/time.js';
import { councilOf } from './council-of.js';
import { withName } from './names.js';
import { Refused, type CommandContext, type Result } from './run.js';

const choiceNames = ['topic', 'from', 'until', 'cohort', 'reviewers'] as const;

export interface IssueOptions {
  readonly kind: CycleKind;
  readonly topic?: string;
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly cohort?: readonly string[];
  readonly reviewers?: readonly string[];
}

/** `plr cycle plan`: the draw as it would turn out now; nothing is kept. */
export async function plan(context: CommandContext, of: Month): Promise<Result> {
  const council = councilOf(context);
  const { people, teams } = council.organisation;
  const draw = await previewDraw(of, context.foundation.services, council);
  const { drawn, unplaced, notAsked, coverage } = draw;
  return {
    json: {
      cycle: of,
      drawn: drawn.map(({ managerId, caseRef, practitionerId, teamId, serviceId }) => ({
        managerId,
        caseRef,
        practitionerId,
        teamId,
        serviceId,
      })),
      unplaced,
      notAsked,
      coverage,
    },
    lines: [
      ...drawn.map(
        ({ managerId, caseRef, practitionerId, teamId }) =>
          `${withName(managerId, people)}: ${caseRef} with ${withName(practitionerId, people)} of ${withName(teamId, teams)}`,
      ),
      ...unplaced.map(
        ({ managerId, why }) =>
          `${withName(managerId, people)}: no fair case. ${explainUnplaced(why).join(' ')}`,
      ),
      ...notAsked.map(
        ({ managerId, why }) => `${withName(managerId, people)}: not asked, ${why.replaceAll('-', ' ')}`,
      ),
      `${drawn.length} drawn, ${unplaced.length} without a fair case, ${notAsked.length} not asked`,
      coverageLine(coverage),
    ],
  };
}

/** `plr cycle issue`: of a month, or of a Practice Week or thematic review with its own dates and sample. */
export async function issue(context: CommandContext, of: Month, options: IssueOptions): Promise<Result> {
  const { services, wakes } = context.foundation;
  const council = councilOf(context);
  const chosen = options.kind === 'monthly' ? undefined : chosenCycle(of, options, council);
  if (chosen === undefined) refuseChoices(options);
  const issued =
    chosen === undefined
      ? await issueCycle(of, services, council)
      : await issuePlanned(chosen.plan, chosen.choice, services, council);
  if (isRefusal(issued)) throw new Refused(issued.say);
  if (issued.created > 0) await wakes.wake(issued.cycle.id);
  return issuedResult(issued, council);
}

/** @throws Refused when a monthly cycle is given an option that only the others take: it would be ignored silently. */
function refuseChoices(options: IssueOptions): void {
  const given = choiceNames.filter((name) => options[name] !== undefined).map((name) => `--${name}`);
  if (given.length > 0)
    throw new Refused(
      `Nothing was issued: a monthly cycle takes no ${given.join(', ')}. Leave that out, or add --kind ${chosenKindNames.join(' or ')}.`,
    );
}

function issuedResult({ cycle, created }: Issued, { organisation: { people } }: CouncilContext): Result {
  const { id, issued, unplaced, coverage } = cycle;
  return {
    json: { cycle: id, kind: cycle.kind, issued, created, unplaced: unplaced.length, coverage },
    lines: [
      created === 0
        ? `The cycle ${id} was issued before: nothing was changed.`
        : `${created} ${created === 1 ? 'PLR' : 'PLRs'} issued for ${id}.`,
      ...unplaced.map(
        ({ managerId }) =>
          `${withName(managerId, people)} has no fair case: "plr cycle explain ${managerId} --cycle ${id}" says why.`,
      ),
      coverageLine(coverage),
    ],
  };
}

function coverageLine({ reviewed, open, target, shortfall }: Issued['cycle']['coverage']): string {
  const missing = shortfall > 0 ? `, ${shortfall} short` : '';
  return `coverage ${shareInWords(reviewed, open)} of open cases, target ${target}%${missing}`;
}

/** @throws Refused with everything that is missing or wrong, at once. */
function chosenCycle(
  of: Month,
  { kind, topic = '', from, until, cohort, reviewers }: IssueOptions,
  council: CouncilContext,
): { plan: CyclePlan; choice: CycleChoice } {
  const name = parseCycleId(`${of}-${kind}-${topic}`);
  const unknownCohorts = (cohort ?? []).filter((one) => !cohorts.includes(one as Cohort));
  const unknownPeople = (reviewers ?? []).filter((id) => !council.organisation.people.has(id as PersonId));
  const problems = [
    ...(name === undefined
      ? ['--topic is needed, in small letters with hyphens, such as care-experienced']
      : []),
    ...(from === undefined || until === undefined ? ['--from and --until are needed'] : []),
    ...(from !== undefined && monthOf(from) !== of ? [`--from is not in ${of}`] : []),
    ...(from !== undefined && until !== undefined && until < from ? ['--until is before --from'] : []),
    ...unknownCohorts.map((one) => `there is no cohort ${one}: there are ${cohorts.join(', ')}`),
    ...unknownPeople.map((id) => `${id} is not in the roster`),
  ];
  if (problems.length > 0 || name === undefined || from === undefined || until === undefined)
    throw new Refused(`Nothing was issued: ${problems.join('; ')}.`);
  const plan = planChosenCycle(name, { from, until }, council.today);
  if (workingDaysIn({ from: plan.issueOn, until }, council.holidays).length === 0)
    throw new Refused('Nothing was issued: there is no working day in it.');
  return {
    plan,
    choice: {
      ...(cohort === undefined ? {} : { cohorts: cohort as Cohort[] }),
      ...(reviewers === undefined ? {} : { reviewers: reviewers as PersonId[] }),
    },
  };
}
