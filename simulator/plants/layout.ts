import type { Line, Plant } from '../../plant/equipment.ts';
import { plant as plantSchema } from '../../plant/equipment.ts';
import { classOf, signalsOf } from './machine-classes.ts';

/** One machine of a sketch: `feeds` names the next machine and the units that fit between. */
export type Sketch = {
  id: string;
  class: string;
  rate: number;
  name?: string;
  aliases?: string[];
  feeds?: { to: string; capacity: number };
  /** Further machines it feeds, side by side with the first. */
  alsoFeeds?: { to: string; capacity: number }[];
};
export type LineSketch = {
  id: string;
  name: string;
  aliases: string[];
  area: string;
  machines: Sketch[];
  changeoverS: number;
  crew: number;
  supply?: Line['supply'];
  dispatch?: Line['dispatch'];
  /** Where it is not that of the slowest machine, units per minute. */
  rate?: number;
  standardS?: Record<string, number>;
};

const title = (id: string) => (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll('-', ' ');

function lineOf(sketch: LineSketch) {
  const full = (id: string) => `${sketch.id}.${id}`;
  const flow = sketch.machines.flatMap((machine) =>
    [...(machine.feeds ? [machine.feeds] : []), ...(machine.alsoFeeds ?? [])].map(({ to, capacity }) => ({
      from: full(machine.id),
      to: full(to),
      capacity,
      level: `${full(to)}/infeed_level`,
    })),
  );
  // A machine with two infeeds shows the one that is declared first; the other buffer has no sensor.
  const seen = new Set<string>();
  const edges = flow.map(({ level, ...edge }) => {
    const shown = !seen.has(edge.to);
    seen.add(edge.to);
    return shown ? { ...edge, level } : edge;
  });
  const infeed = (id: string) =>
    edges.find((edge) => edge.to === full(id) && 'level' in edge)?.capacity ?? null;
  const last = sketch.machines.at(-1);
  return {
    id: sketch.id,
    name: sketch.name,
    aliases: sketch.aliases,
    area: sketch.area,
    machines: sketch.machines.map((machine) => ({
      id: full(machine.id),
      name: machine.name ?? title(machine.id),
      aliases: machine.aliases ?? [],
      class: machine.class,
      rate: machine.rate,
      signals: signalsOf(machine.class, machine.rate, infeed(machine.id)),
    })),
    flow: edges,
    reference: full(last?.id ?? ''),
    supply: sketch.supply ?? [],
    dispatch: sketch.dispatch ?? [],
    stopLimitS: 60,
    minorStopS: 300,
    standardS: { changeover: sketch.changeoverS, ...sketch.standardS },
    crew: sketch.crew,
    rate: sketch.rate ?? Math.min(...sketch.machines.map((machine) => machine.rate)),
  };
}

/** The plant of some lines, with the utilities and systems their machines ask for. */
export function plantOf(of: {
  id: string;
  name: string;
  timezone: string;
  shifts: unknown;
  lines: LineSketch[];
}): Plant {
  const machines = of.lines.flatMap((line) =>
    line.machines.map((machine) => ({ id: `${line.id}.${machine.id}`, class: machine.class })),
  );
  return plantSchema.parse({
    id: of.id,
    name: of.name,
    timezone: of.timezone,
    language: 'en',
    shifts: of.shifts,
    lines: of.lines.map(lineOf),
    utilities: [
      {
        id: 'compressed-air',
        name: 'Compressed air',
        aliases: ['air', 'the compressor'],
        kind: 'compressed_air',
        serves: machines.filter((machine) => classOf(machine.class).air > 0).map((machine) => machine.id),
        signals: [
          { name: 'pressure', unit: 'bar', low: 0, high: 10, measures: 'pressure' },
          { name: 'flow', unit: 'Nl/s', low: 0, high: 600, measures: 'flow' },
          { name: 'motor_current', unit: 'A', low: 0, high: 200, measures: 'current' },
        ],
      },
      {
        id: 'power',
        name: 'Power',
        aliases: ['electricity', 'mains'],
        kind: 'power',
        serves: of.lines.map((line) => line.id),
        signals: [{ name: 'voltage', unit: 'V', low: 0, high: 480, measures: 'voltage' }],
      },
    ],
    systems: [
      {
        id: 'label-server',
        name: 'Label server',
        aliases: ['print server', 'label printer host'],
        serves: machines.filter((machine) => classOf(machine.class).asksHost).map((machine) => machine.id),
      },
      { id: 'mes', name: 'MES', aliases: ['Plex'], serves: of.lines.map((line) => line.id) },
    ],
  });
}
