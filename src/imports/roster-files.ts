import { z } from 'zod';
import type { RosterKind } from '../practice/council/check-roster.js';
import type { Roster } from '../practice/council/organisation.js';
import * as cells from './roster-cells.js';

/** A file of the roster: its name, what a row must be, and in which column each field is. */
export interface RosterFile<Row> {
  readonly file: string;
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  readonly row: z.ZodType<Row>;
  readonly cells: Readonly<Record<keyof Row & string, z.ZodType>>;
  /** Columns that a file may leave out. */
  readonly mayLack: readonly string[];
}

function rosterFile<Row, Shape extends Readonly<Record<keyof Row & string, z.ZodType>>>(
  file: string,
  columns: Readonly<Record<keyof Row & string, string>>,
  row: z.ZodObject<Shape> & z.ZodType<Row>,
  mayLack: readonly string[] = [],
): RosterFile<Row> {
  return { file, columns, row, cells: row.shape, mayLack };
}

/** The import files: the columns that each has, and what they may hold. */
export const rosterFiles: { readonly [Kind in RosterKind]: RosterFile<Roster[Kind][number]> } = {
  services: rosterFile(
    'services.csv',
    {
      id: 'service_id',
      name: 'name',
      linkReviewerId: 'link_reviewer_id',
      serviceManagerId: 'service_manager_id',
      headOfServiceId: 'head_of_service_id',
      assistantDirectorId: 'assistant_director_id',
    },
    z.object({
      id: cells.serviceId,
      name: cells.name,
      linkReviewerId: cells.personId.exactOptional(),
      serviceManagerId: cells.personId.exactOptional(),
      headOfServiceId: cells.personId.exactOptional(),
      assistantDirectorId: cells.personId.exactOptional(),
    }),
  ),
  teams: rosterFile(
    'teams.csv',
    {
      id: 'team_id',
      serviceId: 'service_id',
      name: 'name',
      teamManagerId: 'team_manager_id',
      teamsTeamId: 'teams_team_id',
      alertChannelId: 'alert_channel_id',
      meetingChannelId: 'meeting_channel_id',
      meetingRule: 'meeting_rule',
    },
    z.object({
      id: cells.teamId,
      serviceId: cells.serviceId,
      name: cells.name,
      teamManagerId: cells.personId.exactOptional(),
      teamsTeamId: cells.channelId,
      alertChannelId: cells.channelId,
      meetingChannelId: cells.channelId,
      meetingRule: cells.meetingRule,
    }),
  ),
  people: rosterFile(
    'people.csv',
    {
      id: 'person_id',
      name: 'name',
      email: 'email',
      aadObjectId: 'aad_object_id',
      roles: 'roles',
      teamId: 'team_id',
      serviceId: 'service_id',
      lineManagerId: 'line_manager_id',
      activeFrom: 'active_from',
      activeUntil: 'active_until',
      absences: 'absences',
      knownAs: 'known_as',
      telephone: 'telephone',
    },
    z.object({
      id: cells.personId,
      name: cells.name,
      email: cells.email,
      aadObjectId: cells.aadObjectId,
      roles: cells.roleList,
      teamId: cells.teamId.exactOptional(),
      serviceId: cells.serviceId.exactOptional(),
      lineManagerId: cells.personId.exactOptional(),
      activeFrom: cells.date,
      activeUntil: cells.date.exactOptional(),
      absences: cells.absences,
      knownAs: cells.name.exactOptional(),
      telephone: cells.telephone.exactOptional(),
    }),
    ['known_as', 'telephone'],
  ),
  cases: rosterFile(
    'cases.csv',
    {
      ref: 'case_ref',
      teamId: 'team_id',
      allocatedWorkerId: 'allocated_worker_id',
      cohort: 'cohort',
      openedOn: 'opened_on',
      closedOn: 'closed_on',
    },
    z.object({
      ref: cells.caseRef,
      teamId: cells.teamId,
      allocatedWorkerId: cells.personId,
      cohort: cells.cohort,
      openedOn: cells.date,
      closedOn: cells.date.exactOptional(),
    }),
  ),
};
