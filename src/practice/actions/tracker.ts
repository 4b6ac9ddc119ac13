import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { dateAt, type Instant, type LocalDate } from '../base/time.js';
import { personName, serviceName, teamName } from '../council/words.js';
import type { Action, ActionStep } from '../plr/action.js';
import { rag, ragInWords, stateInWords } from './rag.js';

/**
 * The shared tracker (docs/domain.md, 4.7): one line for each action, for those who work in spreadsheets. It
 * names owners and quotes what they wrote, but no case, child or grade.
 */
export interface TrackerLine {
  readonly action: string;
  readonly plr: string;
  readonly cycle: string;
  readonly service: string;
  readonly team: string;
  readonly owner: string;
  readonly what: string;
  readonly keepsChildSafe: 'yes' | 'no';
  readonly createdOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly state: string;
  readonly rag: string;
  readonly doneOn: LocalDate | '';
  readonly evidence: string;
  readonly difference: string;
  readonly whyNot: string;
  readonly verifiedOn: LocalDate | '';
  readonly verifiedBy: string;
  readonly timesReopened: number;
  readonly lastReopenedBecause: string;
}

/** Each column's heading and meaning; the help and the workbook repeat them. */
export const trackerColumns: readonly {
  readonly key: keyof TrackerLine;
  readonly title: string;
  readonly meaning: string;
}[] = [
  { key: 'action', title: 'Action', meaning: 'the reference of the action, as its card shows it' },
  { key: 'plr', title: 'PLR', meaning: 'the reference of the Practice Learning Review it came from' },
  { key: 'cycle', title: 'Cycle', meaning: 'the cycle of that PLR' },
  { key: 'service', title: 'Service', meaning: 'the service of that PLR' },
  { key: 'team', title: 'Team', meaning: 'the team that has the case now' },
  { key: 'owner', title: 'Owner', meaning: 'the allocated worker or Team Manager who owns it now' },
  { key: 'what', title: 'What', meaning: 'what is to be done' },
  { key: 'keepsChildSafe', title: 'Keeps the child safe', meaning: 'yes or no' },
  { key: 'createdOn', title: 'Created', meaning: 'the day it was given to its owner' },
  { key: 'dueOn', title: 'Due', meaning: 'the day it is due' },
  {
    key: 'state',
    title: 'State',
    meaning: 'To do, In progress, Done, Verified or Cannot be done',
  },
  {
    key: 'rag',
    title: 'RAG',
    meaning: 'Red: overdue; Amber: due within 5 working days; Green: later; or the state it ended in',
  },
  { key: 'doneOn', title: 'Done on', meaning: 'the day the owner or Team Manager said it was done' },
  { key: 'evidence', title: 'Evidence', meaning: 'what shows that it is done' },
  { key: 'difference', title: 'Difference', meaning: 'what difference it made for the child' },
  { key: 'whyNot', title: 'Why it cannot be done', meaning: 'the reason that was given' },
  { key: 'verifiedOn', title: 'Verified on', meaning: 'the day the QA Service verified it' },
  { key: 'verifiedBy', title: 'Verified by', meaning: 'who verified it' },
  { key: 'timesReopened', title: 'Times re-opened', meaning: 'how often the QA Service re-opened it' },
  {
    key: 'lastReopenedBecause',
    title: 'Last re-opened because',
    meaning: 'what the QA Service said was still to be done',
  },
];

/** Every action of these PLRs, the oldest date first. */
export function trackerLines(plrs: readonly Plr[], council: CouncilContext): TrackerLine[] {
  return plrs
    .flatMap((plr) => plr.actions.map((action) => lineOf(plr, action, council)))
    .sort((a, b) => (`${a.dueOn}${a.action}` < `${b.dueOn}${b.action}` ? -1 : 1));
}

function lineOf(plr: Plr, action: Action, council: CouncilContext): TrackerLine {
  const on = (at: Instant) => dateAt(at, council.timeZone);
  const isDone = action.state === 'done' || action.state === 'verified';
  const reopened = action.history.filter((step): step is Reopened => step.is === 'reopened');
  return {
    action: action.id,
    plr: plr.ref,
    cycle: plr.cycleId,
    service: serviceName(plr.serviceId, council),
    team: teamName(action.teamId, council),
    owner: personName(action.ownerId, council),
    what: action.what,
    keepsChildSafe: action.keepsChildSafe ? 'yes' : 'no',
    createdOn: on(action.createdAt),
    dueOn: action.dueOn,
    state: stateInWords(action.state),
    rag: ragInWords(rag(action, council.today, council.holidays)),
    doneOn: isDone ? on(action.doneAt) : '',
    evidence: isDone ? action.evidence : '',
    difference: isDone ? action.difference : '',
    whyNot: action.state === 'cannot-be-done' ? action.why : '',
    verifiedOn: action.state === 'verified' ? on(action.verifiedAt) : '',
    verifiedBy: action.state === 'verified' ? personName(action.verifiedBy, council) : '',
    timesReopened: reopened.length,
    lastReopenedBecause: reopened.at(-1)?.why ?? '',
  };
}

type Reopened = Extract<ActionStep, { is: 'reopened' }>;
