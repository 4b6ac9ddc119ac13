import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { dateAt } from '../base/time.js';
import { dateInWords, givenBack, personName, serviceName, teamName } from '../council/words.js';
import {
  isOpenAction,
  isOwnWork,
  type Action,
  type ActionStep,
  type OpenAction,
  type ActionDraft,
} from '../plr/action.js';
import { mayKnowCase, mayUpdateAction, mayVerifyAction, whereItIs } from './access.js';
import { suggestedDueDates } from './due-dates.js';
import type { ListAsked } from './read-list.js';
import { rag, ragColour, ragInWords, stateInWords } from './rag.js';

const summary = 'An action from a Practice Learning Review';

/** The longest text that a field takes: a transaction and a card both hold it easily. */
export const longestText = 2_000;

/** What a card shows besides the action itself: what was typed and refused, and the way back to a list. */
export interface ShownAction {
  readonly notice?: string;
  readonly typed?: Partial<ActionDraft & { readonly state: string }>;
  readonly reopen?: { readonly reason: string; readonly dueOn: string };
  readonly errors?: Readonly<Record<string, string>>;
  readonly back?: ListAsked | undefined;
  /** A card that is sent unasked has only buttons, which open its form. */
  readonly opensForm?: boolean;
}

/** An action as this person may see it: to update, to verify, or to read. The caller has checked that they may. */
export function actionCard(
  plr: Plr,
  action: Action,
  viewer: Person,
  council: CouncilContext,
  shown: ShownAction = {},
): CardContent {
  const updates = isOpenAction(action) && mayUpdateAction(viewer, action, plr, council);
  const checks = !isOpenAction(action) && mayVerifyAction(viewer, action, plr, council);
  const mayVerify = checks && action.state === 'done' && !isOwnWork(action, viewer.id);
  const form = updates ? 'update' : checks ? 'check' : 'none';
  const common = commonData(plr, action, viewer, council, shown, withoutForm(shown, form));
  if (shown.opensForm === true) {
    const opens = [...(updates ? ['Update'] : []), ...(checks ? ['Re-open'] : [])];
    return { template: 'action/read', summary, data: { ...common, opens, mayVerify } };
  }
  if (updates) {
    return { template: 'action/update', summary, data: { ...common, ...updateData(action, shown) } };
  }
  if (checks) {
    return {
      template: 'action/check',
      summary,
      data: { ...common, ...checkData(action, council, shown), mayVerify },
    };
  }
  return { template: 'action/read', summary, data: { ...common, opens: [], mayVerify: false } };
}

/** What was typed into a form that the card no longer has. */
function withoutForm({ typed, reopen }: ShownAction, form: 'update' | 'check' | 'none'): string {
  const update =
    typed === undefined || form === 'update'
      ? []
      : [typed.evidence ?? '', typed.difference ?? '', typed.why ?? ''];
  const check = reopen === undefined || form === 'check' ? [] : [reopen.reason];
  return givenBack([...update, ...check], longestText);
}

function commonData(
  plr: Plr,
  action: Action,
  viewer: Person,
  council: CouncilContext,
  { notice = '', back }: ShownAction,
  wrote: string,
) {
  const is = rag(action, council.today, council.holidays);
  return {
    cycle: plr.cycleId,
    ref: plr.ref,
    action: action.id,
    version: action.version,
    heading:
      viewer.id === action.ownerId
        ? 'Your action from a Practice Learning Review'
        : 'An action from a Practice Learning Review',
    what: action.what,
    status: ragInWords(is),
    statusColour: ragColour(is),
    safety: action.keepsChildSafe,
    notice,
    noticed: notice !== '',
    facts: factsOf(plr, action, viewer, council),
    story: [
      ...action.history.flatMap((step) => inWords(step, council)).slice(-4),
      ...(wrote === '' ? [] : [{ when: '', words: wrote }]),
    ],
    back: back ?? {},
    goesBack: back !== undefined,
  };
}

function factsOf(plr: Plr, action: Action, viewer: Person, council: CouncilContext) {
  const { teamId, serviceId } = whereItIs(plr, action, council);
  return [
    { title: 'Action', value: action.id },
    ...(mayKnowCase(viewer, action, plr, council) ? [{ title: 'Case', value: plr.caseRef }] : []),
    { title: 'Owner', value: personName(action.ownerId, council) },
    {
      title: 'Team',
      value: `${teamName(teamId, council)}, ${serviceName(serviceId, council)}`,
    },
    { title: 'State', value: stateInWords(action.state) },
    { title: 'Due', value: dateInWords(action.dueOn) },
  ];
}

function updateData({ typed: kept, state }: OpenAction, { typed, errors = {} }: ShownAction) {
  return {
    state,
    ...kept,
    ...typed,
    ...fieldErrors(errors, ['state', 'evidence', 'difference', 'why']),
  };
}

function checkData(action: Action, council: CouncilContext, { reopen, errors = {} }: ShownAction) {
  const dates = suggestedDueDates(council.today, council.holidays);
  return {
    ...(action.state === 'verified' ? {} : { heading: 'An action to check' }),
    reason: reopen?.reason ?? '',
    dueOn: reopen?.dueOn ?? (action.keepsChildSafe ? dates['child-safety'] : dates.practitioner),
    ...fieldErrors(errors, ['reason', 'dueOn']),
  };
}

/** `evidenceError` and `evidenceWrong` for each field: a template needs every value, and a real boolean. */
function fieldErrors(errors: Readonly<Record<string, string>>, fields: readonly string[]) {
  return Object.fromEntries(
    fields.flatMap((field): [string, string | boolean][] => [
      [`${field}Error`, errors[field] ?? ''],
      [`${field}Wrong`, field in errors],
    ]),
  );
}

/** The steps at which people wrote something, in their own words. */
function inWords(
  step: ActionStep,
  council: CouncilContext,
): { readonly when: string; readonly words: string }[] {
  const by = step.by === 'system' ? '' : ` by ${personName(step.by, council)}`;
  const on = `${by} on ${dateInWords(dateAt(step.at, council.timeZone))}`;
  switch (step.is) {
    case 'created':
    case 'started':
    case 'put-back':
    case 'reassigned':
      return [];
    case 'verified':
      return [{ when: `Verified${on}`, words: '' }];
    case 'done':
      return [
        { when: `Done${on}. Evidence: `, words: step.evidence },
        { when: 'What difference it made for the child: ', words: step.difference },
      ];
    case 'cannot-be-done':
      return [{ when: `Cannot be done, said${on}: `, words: step.why }];
    case 'reopened':
      return [{ when: `Re-opened${on}: `, words: step.why }];
  }
}
