import fc from 'fast-check';
import { cohorts } from '../../src/practice/council/organisation.js';
import type {
  CycleId,
  PersonId,
  PlrRef,
  ServiceId,
  StandardId,
  TeamId,
} from '../../src/practice/base/ids.js';
import type { ReportInput } from '../../src/practice/reporting/report-input.js';
import type { PlrFigures, ComplianceStatus } from '../../src/practice/plr/figures.js';
import { grades, type Grade } from '../../src/practice/plr/grade.js';
import { instant, lastDayOf, localDate, month, shiftMonth } from '../../src/practice/base/time.js';

/** One PLR's figures, said state by state: `figures().returned().graded('good')`. */
export class FiguresBuilder {
  private readonly made: PlrFigures;

  constructor(made: PlrFigures) {
    this.made = made;
  }

  with(part: Partial<PlrFigures>): FiguresBuilder {
    return new FiguresBuilder({ ...this.made, ...part });
  }

  named(ref: string): FiguresBuilder {
    return this.with({ ref: ref as PlrRef });
  }

  inCycle(id: string, kind: PlrFigures['kind'] = 'monthly'): FiguresBuilder {
    const of = month(id.slice(0, 7));
    return this.with({
      ...{ cycleId: id as CycleId, kind, sentOn: localDate(`${of}-04`), dueOn: lastDayOf(of) },
    });
  }

  /** The case and its manager alike; `askedOf` parts them. */
  ofService(service: string, team?: string): FiguresBuilder {
    return this.with({
      serviceId: service as ServiceId,
      ...(team !== undefined && { teamId: team as TeamId }),
    }).askedOf(service, team);
  }

  /** A manager of this service and team was asked. */
  askedOf(service: string, team?: string): FiguresBuilder {
    return this.with({
      managerServiceId: service as ServiceId,
      ...(team !== undefined && { managerTeamId: team as TeamId }),
    });
  }

  /** A senior manager was asked. */
  askedOfNoService(): FiguresBuilder {
    const { ref, cycleId, kind, source, serviceId, managerId, sentOn, dueOn, standing, grades } = this.made;
    const { actions, findings } = this.made;
    return new FiguresBuilder({
      ...{ ref, cycleId, kind, source, serviceId, managerId, sentOn, dueOn, standing, grades },
      ...{ actions, findings },
    });
  }

  imported(): FiguresBuilder {
    return this.with({ source: 'history' });
  }

  standing(standing: ComplianceStatus): FiguresBuilder {
    return this.with({ standing });
  }

  returned(completedBy: 'service' | 'qa' = 'service', late = false): FiguresBuilder {
    return this.standing({ is: 'returned', on: this.made.dueOn, completedBy, late });
  }

  exempt(): FiguresBuilder {
    return this.standing({ is: 'exempt', why: 'leave' });
  }

  graded(original: Grade): FiguresBuilder {
    return this.with({ grades: { ...this.made.grades, original } });
  }

  /** Moderated blind, and agreed unless another standing is given. */
  moderated(moderated: Grade, moderation: NonNullable<PlrFigures['moderation']> = 'agreed'): FiguresBuilder {
    return this.with({ moderation, grades: { ...this.made.grades, moderated } });
  }

  settled(settled: Grade): FiguresBuilder {
    return this.with({ moderation: 'settled', grades: { ...this.made.grades, settled } });
  }

  alerted(alert: Partial<NonNullable<PlrFigures['alert']>> = {}): FiguresBuilder {
    const raised = { raisedAt: instant('2022-03-10T09:00:00Z'), breached: false, state: 'raised' } as const;
    return this.with({ alert: { ...raised, ...alert } });
  }

  action(state: PlrFigures['actions'][number]['state'], dueOn = '2022-04-30'): FiguresBuilder {
    return this.with({ actions: [...this.made.actions, { state, dueOn: localDate(dueOn) }] });
  }

  finding(standard: string, kind: PlrFigures['findings'][number]['kind'] = 'development'): FiguresBuilder {
    return this.with({ findings: [...this.made.findings, { standard: standard as StandardId, kind }] });
  }

  build(): PlrFigures {
    return this.made;
  }
}

/** An assigned monthly PLR of March 2022. */
export function figures(): FiguresBuilder {
  return new FiguresBuilder({
    ...{ ref: 'PLR-7K3M2Q' as PlrRef, cycleId: '2022-03' as CycleId, kind: 'monthly', source: 'bot' },
    ...{ serviceId: 'assessment' as ServiceId, managerServiceId: 'assessment' as ServiceId },
    managerId: 'manager-1' as PersonId,
    ...{ sentOn: localDate('2022-03-04'), dueOn: localDate('2022-03-31'), standing: { is: 'assigned' } },
    ...{ grades: {}, actions: [], findings: [] },
  });
}

/** A report's input around some figures, with nothing else known. */
export function reportInput(of: readonly PlrFigures[], part: Partial<ReportInput> = {}): ReportInput {
  return {
    ...{ madeOn: localDate('2022-06-07'), figures: of, previous: [] },
    names: {
      services: new Map([
        ['assessment' as ServiceId, 'Assessment'],
        ['children-in-care' as ServiceId, 'Children in care'],
      ]),
      ...{ teams: new Map(), standards: new Map() },
    },
    ...{ openCases: new Map(), coverageTargetPercent: 10, loop: [], smallNumber: 5 },
    ...part,
  };
}

const anyGrade = fc.constantFrom(...grades);

const anyStanding: fc.Arbitrary<ComplianceStatus> = fc.oneof(
  fc.constantFrom<ComplianceStatus>(
    { is: 'assigned' },
    { is: 'draft' },
    { is: 'redrawn' },
    { is: 'withdrawn' },
  ),
  fc
    .constantFrom<'leave' | 'conflict-of-interest' | 'other'>('leave', 'conflict-of-interest', 'other')
    .map((why): ComplianceStatus => ({ is: 'exempt', why })),
  fc
    .record({ completedBy: fc.constantFrom<'service' | 'qa'>('service', 'qa'), late: fc.boolean() })
    .map((returned): ComplianceStatus => ({ is: 'returned', on: localDate('2022-03-20'), ...returned })),
);

const anyAlert: fc.Arbitrary<NonNullable<PlrFigures['alert']>> = fc.record(
  {
    raisedAt: fc.constant(instant('2022-03-10T09:00:00Z')),
    acknowledgedAt: fc.constantFrom(instant('2022-03-11T09:00:00Z'), instant('2022-03-11T09:00:01Z')),
    breached: fc.boolean(),
    state: fc.constantFrom('raised', 'acknowledged', 'gripped', 'closed'),
  },
  { requiredKeys: ['raisedAt', 'breached', 'state'] },
);

const anyAction = fc.record({
  state: fc.constantFrom<PlrFigures['actions'][number]['state']>(
    ...(['to-do', 'in-progress', 'done', 'verified', 'cannot-be-done'] as const),
  ),
  dueOn: fc.constantFrom(localDate('2022-06-06'), localDate('2022-06-07')),
});

const anyFinding = fc.record({
  standard: fc.constantFrom('voice' as StandardId, 'planning' as StandardId),
  kind: fc.constantFrom<'strength' | 'development'>('strength', 'development'),
});

/** Some PLRs of a quarter beginning in `first`, in every state they can be in; the refs are all different. */
export function anyFigures(first: string, maxLength = 60): fc.Arbitrary<PlrFigures[]> {
  const cycles = [0, 1, 2].map((step) => shiftMonth(month(first), step));
  const one = fc.record(
    {
      cycle: fc.constantFrom(...cycles),
      kind: fc.constantFrom<PlrFigures['kind']>('monthly', 'monthly', 'monthly', 'practice-week', 'thematic'),
      source: fc.constantFrom<PlrFigures['source']>('bot', 'history'),
      serviceId: fc.constantFrom(
        ...['assessment', 'children-in-care', '=cmd()'].map((id) => id as ServiceId),
      ),
      teamId: fc.constantFrom('team-a' as TeamId, 'team-b' as TeamId),
      // Undefined: a senior manager, who belongs to no service.
      managerServiceId: fc.constantFrom('assessment' as ServiceId, 'children-in-care' as ServiceId),
      managerTeamId: fc.constantFrom('team-a' as TeamId, 'team-c' as TeamId),
      cohort: fc.constantFrom(...cohorts),
      standing: anyStanding,
      grades: fc.record({ original: anyGrade, moderated: anyGrade, settled: anyGrade }, { requiredKeys: [] }),
      moderation: fc.constantFrom<NonNullable<PlrFigures['moderation']>>(
        ...(['drawn', 'graded', 'agreed', 'disputed', 'settled'] as const),
      ),
      moderating: fc.record({ dueOn: fc.constantFrom(localDate('2022-06-06'), localDate('2022-06-07')) }),
      alert: anyAlert,
      actions: fc.array(anyAction, { maxLength: 3 }),
      findings: fc.array(anyFinding, { maxLength: 3 }),
    },
    {
      requiredKeys: ['cycle', 'kind', 'source', 'serviceId', 'standing', 'grades', 'actions', 'findings'],
    },
  );
  return fc.array(one, { maxLength }).map((all) =>
    all.map(({ cycle, kind, ...rest }, at) => ({
      ...figures()
        .named(`PLR-${String(at).padStart(6, '0')}`)
        .inCycle(kind === 'monthly' ? cycle : `${cycle}-${kind}`, kind)
        .build(),
      ...rest,
    })),
  );
}
