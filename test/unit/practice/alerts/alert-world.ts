import type { AlertReason } from '../../../../src/practice/plr/alert-reason.js';
import type { Alert } from '../../../../src/practice/plr/alert.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { followAlert } from '../../../../src/practice/alerts/decide-following.js';
import type { Ladder } from '../../../../src/practice/council/ladder.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { isRefusal, type Refusal } from '../../../../src/practice/base/errors.js';
import type { CouncilContext } from '../../../../src/practice/council/council-context.js';
import type {
  CaseRef,
  CycleId,
  PersonId,
  PlrRef,
  ServiceId,
  TeamId,
} from '../../../../src/practice/base/ids.js';
import { Organisation, type Case, type Person } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import type { Change, Message } from '../../../../src/practice/plr/ports.js';
import { dateAt, instant, localDate, type Instant } from '../../../../src/practice/base/time.js';
import { smallCouncil } from '../../../builders/small-council.js';

/** Friday 1 April 2022, 10:00 in London. */
export const raisedAt = instant('2022-04-01T09:00:00Z');

export const ids = {
  author: 'birch-manager',
  worker: 'ash-worker-first',
  teamManager: 'ash-manager',
  serviceManager: 'assessment-service-manager',
  headOfService: 'head-of-service',
  assistantDirector: 'assistant-director',
  qaLead: 'qa-lead',
} as const;

const caseRef = 'CS-1000' as CaseRef;

export interface WorldFacts {
  /** On leave for all of spring. */
  readonly away?: readonly string[];
  /** Teams refuses every message to them. */
  readonly unreachable?: readonly string[];
  readonly ladder?: Ladder;
  readonly from?: Instant;
}

/** Who is in a post, in place of whom the small council names. */
export type Posts = Partial<
  Record<'teamManagerId' | 'serviceManagerId' | 'headOfServiceId' | 'assistantDirectorId', string>
>;

/**
 * One PLR and the time, without storage or Teams: what is decided is kept, what is told is noted, and each
 * message ends at once, delivered or not.
 */
export class AlertWorld {
  plr: Plr;
  now: Instant;
  readonly told: Message[] = [];
  private readonly facts: WorldFacts;
  private organisation: Organisation;

  constructor(facts: WorldFacts = {}) {
    this.facts = facts;
    this.now = facts.from ?? raisedAt;
    this.organisation = councilWith(facts.away ?? []);
    this.plr = plrOfAsh(this.now);
  }

  get alert(): Alert {
    if (this.plr.alert === undefined) throw new Error('There is no alert.');
    return this.plr.alert;
  }

  get council(): CouncilContext {
    const { ladder } = this.facts;
    return {
      organisation: this.organisation,
      now: this.now,
      today: dateAt(this.now, 'Europe/London'),
      timeZone: 'Europe/London',
      nextMeeting: () => undefined,
      holidays: { isBankHoliday: () => false },
      forms: { current: { version: 'none', standards: [], sections: [] }, byVersion: new Map() },
      ...(ladder === undefined ? {} : { alertLadder: ladder }),
    };
  }

  person(id: string): Person {
    const person = this.organisation.people.get(id as PersonId);
    if (person === undefined) throw new Error(`There is no ${id}.`);
    return person;
  }

  /** From now on these, and nobody else, are on leave. */
  away(...away: readonly string[]): void {
    this.organisation = councilWith(away);
  }

  /** The child's case goes to this worker of this team; the others of the council stay as they are. */
  caseGoesTo(worker: string, team: string, away: readonly string[] = [], posts: Posts = {}): void {
    const moved = { allocatedWorkerId: worker as PersonId, teamId: team as TeamId };
    this.organisation = councilWith(away, moved, posts);
  }

  /** These people take over the posts named, of every team and service. */
  postsGoTo(posts: Posts): void {
    this.organisation = councilWith([], {}, posts);
  }

  /** Saves an answer of the reviewer's that sets the alert off. */
  raise(because: AlertReason = 'inadequate', by: string = ids.author): void {
    const { plr, messages } = raiseAlert(this.plr, because, this.person(by).id, this.council);
    this.plr = plr;
    this.announce(messages);
  }

  /** These people, and nobody else, are QA leads; those of them who are away are on leave for all of spring. */
  qaLeadsAre(leads: readonly string[], away: readonly string[] = []): void {
    const { roster, version } = councilWith(away);
    const people = roster.people.map((one) => ({
      ...one,
      roles: [
        ...one.roles.filter((role) => role !== 'qa-lead'),
        ...(leads.includes(one.id) ? ['qa-lead' as const] : []),
      ],
    }));
    this.organisation = new Organisation(version, { ...roster, people });
  }

  /** What a new roster, or a new day, means for the alert. */
  followRoster(): void {
    const change = followAlert(this.plr, this.council);
    if (change !== undefined) this.keep(change);
  }

  /** Keeps a decision, as storage would; a refusal is handed back. */
  keep(decision: Change<Plr> | Refusal): Refusal | undefined {
    if (isRefusal(decision)) return decision;
    this.plr = decision.state;
    this.announce(decision.messages);
    return undefined;
  }

  /** A message whose key was used before is left out; any other ends at once. */
  announce(messages: readonly Message[]): void {
    const fresh = messages.filter(({ key }) => !this.told.some((before) => before.key === key));
    this.told.push(...fresh);
    for (const message of fresh) this.end(message);
  }

  private end(message: Message): void {
    const { to } = message;
    const isLost = 'person' in to && (this.facts.unreachable ?? []).includes(to.person);
    const ended = { message, as: isLost ? ('undeliverable' as const) : ('delivered' as const), reason: '' };
    const change = alertPart.whenEnded?.(this.plr, ended, this.council);
    if (change !== undefined) this.keep(change);
  }

  /** Does all that is due at a time, a step at a time, as the schedule does. */
  tick(at: Instant): void {
    this.now = at;
    for (;;) {
      const change = alertPart.whenDue?.(this.plr, at, this.council);
      if (change === undefined) return;
      this.keep(change);
    }
  }

  /** Who is told anew by what happens in `then`. */
  toldAnewBy(then: () => void): string[] {
    const before = this.told.length;
    then();
    return this.told
      .slice(before)
      .filter(({ redraws }) => redraws === undefined)
      .map(({ to }) => ('person' in to ? to.person : 'team' in to ? `channel of ${to.team}` : ''));
  }

  /** The keys of what popped up for people: redraws of earlier cards are left out. */
  keys(): string[] {
    return this.told.filter(({ redraws }) => redraws === undefined).map(({ key }) => key);
  }

  /** The ids of the people told by one step (`raised`, `service-manager`, `breach`). */
  toldBy(step: string): string[] {
    return this.told
      .filter(({ key, redraws }) => redraws === undefined && key.split('.')[3] === step)
      .map(({ to }) => ('person' in to ? to.person : to.channel));
  }
}

function councilWith(away: readonly string[], moved: Partial<Case> = {}, posts: Posts = {}): Organisation {
  const roster = smallCouncil();
  const cases = roster.cases.map((one) => (one.ref === caseRef ? { ...one, ...moved } : one));
  const leave = [{ from: localDate('2022-03-01'), until: localDate('2022-11-30') }];
  const people = roster.people.map((one) => (away.includes(one.id) ? { ...one, absences: leave } : one));
  const inPost = <T>(one: T): T => ({ ...one, ...posts });
  const [teams, services] = [roster.teams.map(inPost), roster.services.map(inPost)];
  return new Organisation(1, { teams, services, people, cases });
}

function plrOfAsh(issuedAt: Instant): Plr {
  return {
    ref: 'PLR-7K3M2Q' as PlrRef,
    cycleId: '2022-04' as CycleId,
    kind: 'monthly',
    managerId: ids.author as string as PersonId,
    practitionerId: ids.worker as string as PersonId,
    teamId: 'ash' as TeamId,
    serviceId: 'assessment' as ServiceId,
    caseRef,
    cohort: 'child-protection',
    issuedAt,
    dueOn: localDate('2022-04-29'),
    draw: {} as Plr['draw'],
    review: { state: 'assigned' },
    actions: [],
  };
}
