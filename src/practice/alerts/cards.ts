import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { isBreached, isNotYetSafe, saidSoFar, type Actor, type Addressee, type Alert } from '../plr/alert.js';
import { emptyForm, withoutForm, type AlertForm } from './read-form.js';
import { linesOf, type Line } from './lines.js';
import { formsOf, inputsOf, gripRows, whatTheyCan, whomToRing, type Asks, type Can } from './offers.js';
import { nameToRing } from '../council/words.js';
import { nextStepInWords, rolesAre, rungInWords } from './words.js';
import { hoursInWords } from '../council/ladder.js';
import { addresseeWords, whoGrips } from './people-of-alert.js';
import { hasReachedSomebody, managersAsked, notLost, workerTold } from '../plr/alert-reached.js';
import { isUnheard } from './unheard.js';

export interface AlertShown {
  readonly form?: AlertForm;
  readonly note?: string;
  readonly asks?: Asks;
}

/** What a person sees of an alert: what happened, what to do now, and the buttons that are theirs today. */
export function alertCard(
  plr: Plr,
  alert: Alert,
  viewer: Person,
  council: CouncilContext,
  { form = emptyForm, note = '', asks = 'next' }: AlertShown = {},
): CardContent {
  const can = whatTheyCan(plr, alert, viewer, council);
  const forms = formsOf(can, asks);
  const notes = `${note} ${withoutForm(form, forms)}`.trim();
  return {
    template: 'alert/alert',
    summary: summaryOf(alert),
    data: {
      cycle: plr.cycleId,
      ref: plr.ref,
      seen: String(saidSoFar(alert)),
      ...headingOf(alert),
      hasNote: notes !== '',
      note: notes,
      whatToDo: whatToDo(plr, alert, can, council),
      lines: [...linesOf(plr, alert, council), ...(can.canEnterCall ? [toRing(plr, council)] : [])],
      ...can,
      ...forms,
      ...inputsOf(form, plr, alert, council),
      ...gripRows(form),
    },
  };
}

/** The QA lead answers for it that somebody is rung when the bot reaches nobody. */
function toRing(plr: Plr, council: CouncilContext): Line {
  const whom = whomToRing(plr, council).map(
    ({ as, id }) => `${nameToRing(id, council)} (${addresseeWords[as]})`,
  );
  return { label: 'To ring', text: whom.join('; ') };
}

/** Shown outside the app too: never a name, a case or a grade. */
function summaryOf(alert: Alert): string {
  switch (alert.state) {
    case 'raised':
      return isBreached(alert)
        ? `Alert: ${hoursInWords(alert.ladder, 'have passed', 'has passed')} and nobody has acknowledged it`
        : 'Alert: a child may be unsafe. Please act now';
    case 'acknowledged':
      return isNotYetSafe(alert)
        ? 'Alert acknowledged: a child is not safe yet'
        : 'Alert acknowledged: management grip is needed';
    case 'gripped':
      return `Alert: management grip is recorded${isNotYetSafe(alert) ? ', a child is not safe yet' : ''}`;
    case 'closed':
      return 'Alert closed';
  }
}

function headingOf(alert: Alert): { heading: string; colour: 'Attention' | 'Default' | 'Good' } {
  switch (alert.state) {
    case 'raised':
      return {
        heading: isBreached(alert)
          ? `A child may be unsafe: ${hoursInWords(alert.ladder, 'have passed', 'has passed')}`
          : 'A child may be unsafe: act now',
        colour: 'Attention',
      };
    case 'acknowledged':
      return isNotYetSafe(alert)
        ? { heading: 'Acknowledged: the child is not safe yet', colour: 'Attention' }
        : { heading: 'Alert acknowledged', colour: 'Default' };
    case 'gripped':
      return isNotYetSafe(alert)
        ? { heading: 'Management grip recorded: the child is not safe yet', colour: 'Attention' }
        : { heading: 'Management grip recorded', colour: 'Default' };
    case 'closed':
      return { heading: 'Alert closed', colour: 'Good' };
  }
}

const ifSafetyChanges = 'If the child’s safety changes, say so here at once.';

function whatToDo(plr: Plr, alert: Alert, can: Can, council: CouncilContext): string {
  switch (alert.state) {
    case 'raised': {
      const next = `Next, ${nextStepInWords(alert, council)}.`;
      if (can.canAcknowledge)
        return `Make sure now that the child is safe. Then say so here, in your name: the alert climbs until somebody does. ${next}`;
      if (isUnheard(alert, council.now))
        return `Nobody who must act has been reached yet. Please ring the team now. ${next}`;
      const { reached } = managersAsked(alert);
      if (reached.length === 0)
        return `${hasReachedSomebody(alert) ? 'No manager' : 'Nobody who must act'} could be reached. Please ring the team now. ${next}`;
      if (isBreached(alert))
        return `Nobody has acknowledged it in ${hoursInWords(alert.ladder)}. Please ring those who were told, now. ${next}`;
      return `Nobody has acknowledged it yet. ${rolesAre([...workerTold(alert), ...reached])} asked to. ${next}`;
    }
    case 'acknowledged':
      return can.canGrip
        ? `Record your management grip: your direction, and the actions that keep the child safe. ${ifSafetyChanges}`
        : `${whoGripsInWords(whoGrips(plr, alert, council))}${can.canRestate ? ` ${ifSafetyChanges}` : ''}`;
    case 'gripped':
      return can.canClose
        ? 'Does this make the child safe, and keep the child safe? Close the alert, or send it back with a reason.'
        : `The QA lead now checks it. ${can.canRestate ? ifSafetyChanges : 'You need do nothing more here.'}`;
    case 'closed':
      return 'You need do nothing more here.';
  }
}

function whoGripsInWords(as: Actor | undefined): string {
  return as === undefined
    ? 'Nobody who can record management grip could be reached. Please ring the team now.'
    : `The ${addresseeWords[as]} now records management grip: the direction and the actions that keep the child safe.`;
}

/** For the team's channel: the opaque reference and who has it, by role. */
export function channelCard(plr: Plr, alert: Alert, council: CouncilContext): CardContent {
  return {
    template: 'alert/in-channel',
    fixedWords: true,
    summary: alert.state === 'raised' ? 'An alert for this team' : 'An alert for this team has moved on',
    data: {
      ref: plr.ref,
      heading: alert.state === 'raised' ? 'Alert: please look at your chat with me' : 'Alert',
      colour: alert.state === 'raised' ? 'Attention' : 'Default',
      whoHasIt: whoHasItByRole(plr, alert, council),
    },
  };
}

/** For the channel of a team that no longer has the case. */
export function movedOnCard({ ref }: Plr): CardContent {
  return {
    template: 'alert/in-channel',
    fixedWords: true,
    summary: 'An alert for this team has moved on',
    data: { ref, heading: 'Alert', colour: 'Default', whoHasIt: 'Another team has it now.' },
  };
}

function whoHasItByRole(plr: Plr, alert: Alert, council: CouncilContext): string {
  switch (alert.state) {
    case 'raised': {
      const { reached, missed } = managersAsked(alert);
      if (missed.length > 0) return `${rungInWords(alert)}. Nobody has acknowledged it yet.`;
      const climbed = reached.length > 1 ? ` It has climbed to the ${rungInWords(alert)}.` : '';
      const leads = notLost(alert).some(({ as }) => as === 'qa-lead') ? (['qa-lead'] as const) : [];
      const told: Addressee[] = [...workerTold(alert), 'team-manager', ...leads];
      const missing = told.includes('practitioner') ? '' : ' The social worker could not be told.';
      return `${rolesAre(told)} told in person.${missing} Nobody has acknowledged it yet.${climbed}`;
    }
    case 'acknowledged':
      return `Acknowledged. The ${addresseeWords[whoGrips(plr, alert, council) ?? 'qa-lead']} has it.`;
    case 'gripped':
      return 'Management grip is recorded. The QA lead has it.';
    case 'closed':
      return 'Closed by the QA lead.';
  }
}
