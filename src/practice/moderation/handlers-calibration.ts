import { z } from 'zod';
import { servicesFor } from '../council/access.js';
import { parseCycleId } from '../plr/cycle.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import { councilPress } from '../surface/press.js';
import { plrKind } from '../plr/plr-kind.js';
import type { PlrFigures } from '../plr/figures.js';
import { calibrationCard } from './cards-calibration.js';
import type { CycleFigures } from './calibration.js';

/** How many monthly cycles the card looks back: a year, however many there are. */
const cyclesCompared = 12;

/** A link reviewer sees their own Services; the QA lead all of them, together or one at a time. */
export const calibrationCommand: Command = {
  words: ['calibration'],
  does: 'how alike managers and moderators grade',
  for: (actor, council) => servicesFor(actor, 'see calibration', council).length > 0,
  answer: (turn) => calibration(turn, undefined),
};

/** Chooses among what this person may see; anything else shows what the command shows. */
export const showCalibration = councilPress({
  reads: z.object({ service: z.string().optional() }).catch({}),
  mine: (_given, { actor, council }) => calibrationCommand.for(actor, council),
  show: (_mine, { service }, turn) => calibration(turn, service),
});

async function calibration(turn: Turn, asked: string | undefined): Promise<CardContent> {
  const services = servicesFor(turn.actor, 'see calibration', turn.council).sort();
  const chosen = services.find((id) => id === asked);
  const shown = new Set(chosen === undefined ? services : [chosen]);
  const cycles = await recentCycles(turn);
  const figures = cycles.map(({ id, figures }) => ({
    id,
    figures: figures.filter(({ serviceId }) => shown.has(serviceId)),
  }));
  return calibrationCard({ services, chosen, cycles: figures }, turn.council);
}

/** Newest first. */
async function recentCycles({ partitions, documents }: Turn): Promise<CycleFigures[]> {
  const names = (await partitions.all()).flatMap((name) => parseCycleId(name) ?? []);
  const monthly = names.filter(({ kind }) => kind === 'monthly').slice(0, cyclesCompared);
  return Promise.all(
    monthly.map(async ({ id }) => ({ id, figures: await documents.listFigures<PlrFigures>(plrKind, id) })),
  );
}
