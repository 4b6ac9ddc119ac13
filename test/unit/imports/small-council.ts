import { readOrganisationFiles, type OrganisationRead } from '../../../src/imports/read-organisation.js';
import type { RosterKind } from '../../../src/practice/council/check-roster.js';

/** The smallest council that can be imported: one service, one team, someone in each role. */
export const smallCouncil: Readonly<Record<RosterKind, string>> = {
  services: `service_id,name,link_reviewer_id,service_manager_id,head_of_service_id,assistant_director_id
s1,Safeguarding,link,sm,head,head
`,
  teams: `team_id,service_id,name,team_manager_id,teams_team_id,alert_channel_id,meeting_channel_id,meeting_rule
t1,s1,Ashmarrow,tm,19:a,19:a,19:m,DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYDAY=MO
`,
  people: `person_id,name,email,aad_object_id,roles,team_id,service_id,line_manager_id,active_from,active_until,absences
head,Head Person,head@larkshire.example,00000000-0000-4000-8000-000000000001,senior-manager,,,,2019-01-01,,
sm,Service Manager,sm@larkshire.example,00000000-0000-4000-8000-000000000002,manager,,s1,head,2019-01-01,,
tm,Team Manager,tm@larkshire.example,00000000-0000-4000-8000-000000000003,manager,t1,s1,sm,2019-01-01,,2022-04-04/2022-04-15
sw,Social Worker,sw@larkshire.example,00000000-0000-4000-8000-000000000004,practitioner,t1,s1,tm,2019-01-01,2025-12-31,
link,Link Reviewer,link@larkshire.example,00000000-0000-4000-8000-000000000005,link-reviewer;qa-lead,,,,2019-01-01,,
`,
  cases: `case_ref,team_id,allocated_worker_id,cohort,opened_on,closed_on
C/1,t1,sw,child-in-need,2021-02-03,
C/2,t1,sw,child-protection,2021-02-03,2021-05-06
`,
};

export type SmallCouncil = Partial<Record<RosterKind, string | Uint8Array>>;

/** Reads the small council with some of its files replaced. */
export function readCouncil(changed: SmallCouncil = {}): OrganisationRead {
  const files = { ...smallCouncil, ...changed };
  const bytes = Object.entries(files).map(([kind, text]) => [kind, Buffer.from(text)]);
  return readOrganisationFiles(Object.fromEntries(bytes) as Record<RosterKind, Uint8Array>);
}

/** One of its files with a text replaced: the text must be there. */
export function council(kind: RosterKind, from: string | RegExp, to: string): SmallCouncil {
  const text = smallCouncil[kind].replace(from, to);
  if (text === smallCouncil[kind]) throw new Error(`Nothing to replace in ${kind}: ${from}`);
  return { [kind]: text };
}

/** `people.csv:3 roles` for each error, in the order they are reported. */
export function places(read: OrganisationRead): string[] {
  return 'errors' in read ? read.errors.map(({ file, line, column }) => `${file}:${line} ${column}`) : [];
}

export function reasons(read: OrganisationRead): string[] {
  return 'errors' in read ? read.errors.map(({ reason }) => reason) : [];
}
