import assert from 'node:assert/strict';
import { openNow } from '../../src/cli/open-command.js';
import { addActions } from '../../src/practice/actions/decide-added-actions.js';
import { acknowledgeAlert } from '../../src/practice/alerts/decide-acknowledgement.js';
import { closeAlert } from '../../src/practice/alerts/decide-oversight.js';
import { raiseAlert } from '../../src/practice/alerts/decide-raising.js';
import { recordGrip } from '../../src/practice/alerts/decide-grip.js';
import { isRefusal, type Refusal } from '../../src/practice/base/errors.js';
import type { CycleId, PersonId, PlrRef, ServiceId } from '../../src/practice/base/ids.js';
import { localDate } from '../../src/practice/base/time.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import { askForChange } from '../../src/practice/cycles/changes/change.js';
import { approveBrief } from '../../src/practice/learning/decide-approval.js';
import { briefKey, type Brief } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import { giveBlind, saveBlind } from '../../src/practice/moderation/handlers-grade.js';
import type { ModerationStep } from '../../src/practice/moderation/step.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { Change } from '../../src/practice/plr/ports.js';
import type { OpenItem } from '../../src/practice/process/open/open-item.js';
import { sectionIds } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrsOf, returnPlr } from './returned-plrs.js';

export const april = '2022-04' as CycleId;
export type Shown = OpenItem & { readonly mine: boolean };

/** The Service Manager of Assessment leaves in the summer, and nobody follows. */
function aRoster() {
  const roster = smallCouncil();
  const leaves = { activeUntil: localDate('2022-06-30') };
  return {
    ...roster,
    people: roster.people.map((one) =>
      one.id === 'assessment-service-manager' ? { ...one, ...leaves } : one,
    ),
  };
}

/** What people and the operator do and see, by the decisions that the product makes. */
function doings(bot: BotInTeams) {
  const council = (): CouncilContext => {
    const found = bot.app.foundation.council();
    assert.ok(found);
    return found;
  };
  const services = () => bot.app.foundation.services;
  const open = async (as?: string) => {
    bot.app.foundation.registry.forget();
    const { json } = await openNow(bot.app, as as PersonId | undefined);
    return (json as { items: Shown[] }).items.filter(({ cycle }) => cycle === april || cycle === null);
  };
  const change = async (ref: PlrRef, by: string, decide: (plr: Plr) => Plr | Change<Plr> | Refusal) => {
    const done = await services().documents.change(plrKind, plrKey(april, ref), by as PersonId, (plr) => {
      const decided = decide(plr);
      return isRefusal(decided) || 'did' in decided ? decided : { state: decided, did: 'did', messages: [] };
    });
    assert.ok(!isRefusal(done), isRefusal(done) ? done.say : '');
    return done;
  };
  const moderate = (ref: PlrRef, by: string, step: ModerationStep) =>
    change(ref, by, (plr) => step(plr, plr.moderation!));
  const managerOf = async (ref: PlrRef) => {
    const plr = await services().documents.read(plrKind, plrKey(april, ref));
    assert.ok(plr);
    return { plr, teamManager: bot.person(`${plr.teamId}-manager`), reviewer: `${plr.serviceId}-reviewer` };
  };
  const brief = async (service: string, decide: (brief: Brief) => Change<Brief> | Refusal) => {
    const key = briefKey(april, service as ServiceId);
    assert.ok(!isRefusal(await services().documents.change(briefKind, key, 'qa-lead' as PersonId, decide)));
  };
  const acknowledge = async (ref: PlrRef, safety: 'safe' | 'not-yet') => {
    const { teamManager } = await managerOf(ref);
    await change(ref, teamManager.id, (plr) =>
      acknowledgeAlert(plr, { safety, details: 'Visited.' }, teamManager, council()),
    );
  };
  const grip = async (ref: PlrRef) => {
    const { teamManager } = await managerOf(ref);
    await change(ref, teamManager.id, (plr) =>
      recordGrip(plr, { direction: 'Visit each day.', actions: [] }, teamManager, council()),
    );
  };
  const close = (ref: PlrRef) =>
    change(ref, 'qa-lead', (plr) => closeAlert(plr, { reason: 'Safe.' }, bot.person('qa-lead'), council()));
  const raise = (ref: PlrRef) =>
    change(ref, 'system', (plr) => {
      const { plr: state, messages } = raiseAlert(plr, 'immediate-concern', plr.managerId, council());
      return { state, did: 'raised', messages };
    });

  return { open, change, moderate, managerOf, brief, acknowledge, grip, close, raise, council, services };
}

/** A council in September with something of each kind left open since April. */
export async function leftOpenInApril() {
  // Its reviews are owed until a cycle closes: this council lets half a year pass.
  const bot = await startBotInTeams({
    roster: aRoster(),
    configure: { rules: { closingMonths: 6 } },
  });
  await bot.settle();
  const does = doings(bot);
  const all = await plrsOf(bot);
  const [first, second, third, fourth] = all.map(({ ref }) => ref);
  assert.ok(first && second && third && fourth);
  const plrs = { first, second, third, fourth };
  // The one who has the first is out of reach from the start of May.
  await leaveOpen(bot, all, does);
  bot.connector.shutOut(bot.person(all[0]!.managerId).aadObjectId, 'ConversationBlockedByUser');
  for (let month = 0; month < 5; month += 1) await bot.advance('P31D');
  await does.brief('care', (now) => approveBrief(now, 'qa-lead' as PersonId, does.council()));
  for (let days = 0; days < 20; days += 5) await bot.advance('P5D');

  return { bot, plrs, ...does };
}

/** Of each kind something. */
async function leaveOpen(
  bot: BotInTeams,
  all: readonly Plr[],
  { change, raise, acknowledge, grip, moderate, managerOf, council }: ReturnType<typeof doings>,
) {
  const [first, second, third, fourth] = all.map(({ ref }) => ref) as [PlrRef, PlrRef, PlrRef, PlrRef];
  await change(first, all[0]!.managerId, (plr) =>
    askForChange(plr, 'leave', 'Away.', plr.managerId, council()),
  );
  await raise(first);
  for (const { ref, managerId } of all.slice(1)) {
    await returnPlr(bot, managerId, { overall: 'inadequate', drawnFor: { why: 'inadequate' } });
    await raise(ref);
  }
  await acknowledge(second, 'not-yet');
  await acknowledge(third, 'safe');
  await acknowledge(fourth, 'safe');
  await grip(fourth);
  const { reviewer } = await managerOf(third);
  for (const page of sectionIds)
    await moderate(third, reviewer, saveBlind({ page, grade: 'good', reason: 'Read.' }, council()));
  const overall = { page: 'overall', grade: 'good', reason: 'Read.' } as const;
  await moderate(third, reviewer, giveBlind(overall, bot.person(reviewer), council()));
  await change(fourth, 'system', (plr) => {
    const visit = {
      what: 'Visit',
      owner: 'practitioner',
      dueOn: localDate('2022-05-06'),
      keepsChildSafe: false,
    } as const;
    const { plr: state, messages } = addActions(plr, [visit, visit], council(), 'system', 'review');
    return { state, did: 'planned', messages };
  });
}

export function keyOf({ kind, ref, cycle, teamId, serviceId }: Shown): string {
  return [kind, ref, cycle, teamId, serviceId].join(' ');
}

export const kindsOf = (items: readonly Shown[]) => [...new Set(items.map(({ kind }) => kind))].sort();
