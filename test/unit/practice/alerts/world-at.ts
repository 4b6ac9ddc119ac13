import {
  acknowledgeAlert,
  type SafetyStatement,
} from '../../../../src/practice/alerts/decide-acknowledgement.js';
import { closeAlert } from '../../../../src/practice/alerts/decide-oversight.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { recordGrip } from '../../../../src/practice/alerts/decide-grip.js';
import { addHours, localDate } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt, type WorldFacts } from './alert-world.js';

/** An alert five hours on, at each of its states. */
export function worldAt(
  state: 'raised' | 'acknowledged' | 'gripped' | 'closed',
  facts: WorldFacts = {},
  hours = 5,
  statement: SafetyStatement = { safety: 'made-safe', details: 'The grandmother, who took the child home.' },
): AlertWorld {
  const world = new AlertWorld(facts);
  const raised = raiseAlert(world.plr, 'immediate-concern', world.person(ids.author).id, world.council);
  world.plr = raised.plr;
  world.announce(raised.messages);
  world.tick(addHours(raisedAt, hours));
  const [teamManager, qaLead] = [world.person(ids.teamManager), world.person(ids.qaLead)];
  const visit = { what: 'Visit every day', owner: 'practitioner', dueOn: localDate('2022-04-08') } as const;
  const grip = { direction: 'See the child today.', actions: [{ ...visit, keepsChildSafe: true }] };
  if (state === 'raised') return world;
  world.keep(acknowledgeAlert(world.plr, statement, teamManager, world.council));
  if (state === 'acknowledged') return world;
  world.keep(recordGrip(world.plr, grip, teamManager, world.council));
  if (state === 'gripped') return world;
  world.keep(closeAlert(world.plr, { reason: 'Seen and safe.' }, qaLead, world.council));
  return world;
}
