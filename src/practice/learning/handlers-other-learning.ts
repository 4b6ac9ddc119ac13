import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import type { CardContent, Command, Turn, Verbs } from '../surface/feature.js';
import { councilPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import type { Person } from '../council/organisation.js';
import { monthOf, shiftMonth, type Month } from '../base/time.js';
import { monthInWords, serviceName } from '../council/words.js';
import {
  learningSources,
  otherLearningKey,
  otherLearningKind,
  sourceInWords,
  type LearningSource,
  type OtherLearning,
} from './other-learning.js';
import { standardTitle } from '../council/standard-title.js';

/** The choice for a finding that is not about a single service. */
const everywhere = 'all';

const typedField = z.string().catch('');
const form = z.object({
  id: z.string().regex(/^[a-z0-9]{8,40}$/),
  source: typedField,
  month: typedField,
  service: typedField,
  standard: typedField,
  kind: typedField,
  n: typedField,
  of: typedField,
});
type Typed = z.infer<typeof form>;
type Field = Exclude<keyof Typed, 'id'>;
type Mistakes = Partial<Record<Field, string>>;

/**
 * Dip samples, thematic reviews and Local Learning Reviews, as counts; the words stay where they are
 * (docs/domain.md, 5.5).
 */
export const addLearning: Command = {
  words: ['add learning'],
  does: 'enter what a dip sample, thematic review or Local Learning Review found',
  for: mayEnter,
  answer: (turn) => Promise.resolve(learningForm(blank(turn), turn.council)),
};

function mayEnter(actor: Person, council: CouncilContext): boolean {
  return mayIn(actor, 'enter learning', wholeCouncil, council);
}

/** The id is made with the form, so that a form sent twice is entered once. */
function blank({ newSeed, council }: Turn): Typed {
  const month = monthOf(council.today);
  return { id: newSeed(), source: '', month, service: '', standard: '', kind: '', n: '', of: '' };
}

/** The form anew. */
const another = councilPress({
  reads: z.unknown(),
  mine: (_given, { actor, council }) => mayEnter(actor, council),
  show: (_mine, _given, turn) => learningForm(blank(turn), turn.council),
});

const save = councilPress({
  reads: form.or(z.unknown().transform(() => undefined)),
  mine: (_given, { actor, council }) => mayEnter(actor, council),
  screen: { inputs: ['source', 'month', 'service', 'standard', 'kind', 'n', 'of'], again: another },
  show: async (_mine, typed, turn) => {
    if (typed === undefined) return learningForm(blank(turn), turn.council);
    const mistakes = mistakesIn(typed, turn.council);
    if (mistakes.month === undefined && (await isDrafted(typed.month as Month, turn)))
      mistakes.month = `The briefs for ${monthInWords(typed.month)} are drafted already. Choose a later month.`;
    if (Object.keys(mistakes).length > 0) return learningForm(typed, turn.council, mistakes);
    const learning = learningOf(typed, turn);
    const key = otherLearningKey(monthlyCycleId(learning.month), learning.id);
    const change = { state: learning, did: 'entered other learning', messages: [] };
    await turn.documents.create(otherLearningKind, key, change, turn.actor.id);
    return enteredCard(learning, turn.council);
  },
});

async function isDrafted(month: Month, { documents }: Turn): Promise<boolean> {
  const cycle = await documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
  return isCounted(cycle);
}

function monthsToChoose({ today }: CouncilContext): Month[] {
  return [0, -1].map((back) => shiftMonth(monthOf(today), back));
}

function mistakesIn(typed: Typed, council: CouncilContext): Mistakes {
  const choose = (field: Field, choices: readonly string[], say: string): Mistakes =>
    choices.includes(typed[field]) ? {} : { [field]: say };
  const standards = council.forms.current.standards.map(({ id }) => id);
  const services = council.organisation.roster.services.map(({ id }) => id);
  return {
    ...choose('source', learningSources, 'Choose where it comes from.'),
    ...choose('month', monthsToChoose(council), 'Choose the month.'),
    ...choose('service', [...services, everywhere], 'Choose the service, or all services.'),
    ...choose('standard', standards, 'Choose the practice standard.'),
    ...choose('kind', ['strength', 'development'], 'Choose whether it works well or needs to be better.'),
    ...countMistakes(typed),
  };
}

function countMistakes({ n, of }: Typed): Mistakes {
  const [found, looked] = [wholeNumber(n), wholeNumber(of)];
  if (looked === undefined || looked === 0) return { of: 'Give the number of cases looked at, such as 20.' };
  if (found === undefined || found === 0)
    return { n: 'Give the number of cases it was found in, such as 6.' };
  return found > looked ? { n: 'It cannot be found in more cases than were looked at.' } : {};
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
}

function learningOf(typed: Typed, { actor, council }: Turn): OtherLearning {
  const service = council.organisation.roster.services.find(({ id }) => id === typed.service);
  const standard = council.forms.current.standards.find(({ id }) => id === typed.standard);
  return {
    id: typed.id,
    source: typed.source as LearningSource,
    month: typed.month as Month,
    ...(service === undefined ? {} : { serviceId: service.id }),
    standard: standard?.id ?? (typed.standard as OtherLearning['standard']),
    kind: typed.kind as OtherLearning['kind'],
    n: Number(typed.n),
    of: Number(typed.of),
    enteredBy: actor.id,
    enteredAt: council.now,
  };
}

function learningForm(typed: Typed, council: CouncilContext, mistakes: Mistakes = {}): CardContent {
  const say = Object.values(mistakes);
  return {
    template: 'learning/other-learning',
    summary: 'Enter other learning',
    data: {
      ...typed,
      hasMistakes: say.length > 0,
      mistakes: say.map((text) => ({ text })),
      sources: learningSources.map((value) => ({ title: sourceInWords(value), value })),
      months: monthsToChoose(council).map((value) => ({ title: monthInWords(value), value })),
      services: [
        { title: 'All services', value: everywhere },
        ...council.organisation.roster.services.map(({ id, name }) => ({ title: name, value: id })),
      ],
      standards: council.forms.current.standards.map(({ id, title }) => ({ title, value: id })),
    },
  };
}

function enteredCard(learning: OtherLearning, council: CouncilContext): CardContent {
  const where = learning.serviceId === undefined ? 'All services' : serviceName(learning.serviceId, council);
  return {
    template: 'learning/other-learning-entered',
    summary: 'Other learning was entered',
    data: {
      intro: `It joins the draft brief for ${monthInWords(learning.month)}, marked as what it is.`,
      facts: [
        { title: 'From', value: sourceInWords(learning.source) },
        { title: 'Service', value: where },
        { title: 'Standard', value: standardTitle(learning.standard, council) },
        { title: 'Kind', value: learning.kind === 'strength' ? 'Working well' : 'Needs to be better' },
        { title: 'Found in', value: `${learning.n} of ${learning.of}` },
      ],
    },
  };
}

export const otherLearningVerbs = {
  'learning.add': another,
  'learning.add-save': save,
} satisfies Verbs;
