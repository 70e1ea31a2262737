import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawWidePlant } from '../../simulator/plants/draw-wide.ts';
import { openLive } from '../../simulator/live-world.ts';
import { nuisanceAlarms } from '../../simulator/observers/noise.ts';
import { random } from '../../simulator/random.ts';
import { file, machines, published, source, type Spread } from '../alarms/published.ts';
import type { Suite } from '../run.ts';
import { tableOf } from '../tables.ts';

/** Alarms of one machine that belong together: none for half an hour before and after. `code`: the commonest. */
type Episode = { machine: string; from: number; to: number; events: number; codes: number; code: string };
const halfHour = 1_800_000;
const day = 86_400_000;

/**
 * The simulator's nuisance alarms beside those of 14 real packaging machines. `--data alpi=FOLDER` reads these anew,
 * from a CSV with the columns machine, start, end, events, distinct_codes, dominant_code.
 */
export default {
  run({ seeds, data }) {
    const folder = data['alpi'];
    const read =
      folder === undefined ? null : perMachine(episodesIn(readFileSync(join(folder, file), 'utf8')));
    const simulated = perMachine(simulatedEpisodes(seeds.from, machines));
    const rows = measures.map(({ what, of }) => {
      const real = read === null ? published[what] : spread(read.map(of));
      if (!real) throw new Error(`of "${what}" nothing is published`);
      const ours = spread(simulated.map(of));
      return { what, real, simulated: ours, within: ours.median >= real.least && ours.median <= real.most };
    });
    return Promise.resolve({ figures: rows, report: reportOf(rows, read?.length ?? null, simulated.length) });
  },
} satisfies Suite;

function episodesIn(csv: string): Episode[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (column: string) => cells[names.indexOf(column)] ?? '';
    return {
      machine: cell('machine'),
      from: Date.parse(cell('start')),
      to: Date.parse(cell('end')),
      events: Number(cell('events')),
      codes: Number(cell('distinct_codes')),
      code: cell('dominant_code'),
    };
  });
}

/** A machine of each line, for sixty days at the usual level of noise. */
function simulatedEpisodes(seed: number, machines: number): Episode[] {
  return Array.from({ length: machines }, (_, i) => {
    const rng = random(`alarm-noise/${seed + i}`);
    const line = openLive(drawWidePlant(rng), `noise/${seed + i}`, 0, true).floor.lines[0]!;
    const one = rng.pick(line.machines);
    const span = { from: 0, to: 60 * day, source: 'machines', level: 0.5 };
    const alarms = nuisanceAlarms({ ...line, machines: [one] }, [], span, rng.fork('noise'))
      .filter(({ active }) => active)
      .map(({ at, alarm }) => ({ at: Date.parse(at), alarm }))
      .toSorted((a, b) => a.at - b.at);
    return grouped(String(i), alarms);
  }).flat();
}

function grouped(machine: string, alarms: readonly { at: number; alarm: string }[]): Episode[] {
  const groups: { at: number; alarm: string }[][] = [];
  for (const one of alarms) {
    const last = groups.at(-1);
    if (last && one.at - last.at(-1)!.at <= halfHour) last.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => {
    const count = new Map<string, number>();
    for (const { alarm } of group) count.set(alarm, (count.get(alarm) ?? 0) + 1);
    const [code = ''] = [...count].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    const [from, to] = [group[0]!.at, group.at(-1)!.at];
    return { machine, from, to, events: group.length, codes: count.size, code };
  });
}

const perMachine = (episodes: readonly Episode[]): Episode[][] =>
  [...Map.groupBy(episodes, ({ machine }) => machine).values()].filter((list) => list.length > 0);

const quantile = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))] ?? 0;
const sum = (list: readonly Episode[]) => list.reduce((total, { events }) => total + events, 0);
const days = (list: readonly Episode[]) => new Set(list.map(({ from }) => Math.floor(from / day))).size;

function led(list: readonly Episode[], codes: number): number {
  const by = new Map<string, number>();
  for (const one of list) by.set(one.code, (by.get(one.code) ?? 0) + one.events);
  const most = [...by.values()].toSorted((a, b) => b - a).slice(0, codes);
  return most.reduce((a, b) => a + b, 0) / sum(list);
}

const gaps = (list: readonly Episode[]) =>
  list.filter(({ events }) => events > 1).map(({ from, to, events }) => (to - from) / 60_000 / (events - 1));

/** What is compared, per machine. The share of a code counts whole episodes that it leads, as the published grouping tells no more. */
const measures: readonly { what: string; of: (list: Episode[]) => number }[] = [
  { what: 'alarms per machine and active day', of: (list) => sum(list) / days(list) },
  { what: 'episodes per machine and active day', of: (list) => list.length / days(list) },
  { what: 'median gap in an episode, minutes', of: (list) => quantile(gaps(list), 0.5) },
  {
    what: 'alarms per episode, lower quarter',
    of: (list) =>
      quantile(
        list.map((one) => one.events),
        0.25,
      ),
  },
  {
    what: 'alarms per episode, median',
    of: (list) =>
      quantile(
        list.map((one) => one.events),
        0.5,
      ),
  },
  {
    what: 'alarms per episode, upper quarter',
    of: (list) =>
      quantile(
        list.map((one) => one.events),
        0.75,
      ),
  },
  {
    what: 'codes per episode, median',
    of: (list) =>
      quantile(
        list.map((one) => one.codes),
        0.5,
      ),
  },
  { what: 'share of the top code', of: (list) => led(list, 1) },
  { what: 'share of the top ten codes', of: (list) => led(list, 10) },
];

const spread = (values: readonly number[]): Spread => ({
  least: Math.min(...values),
  median: quantile(values, 0.5),
  most: Math.max(...values),
});

function reportOf(
  rows: readonly { what: string; real: Spread; simulated: Spread; within: boolean }[],
  read: number | null,
  simulated: number,
): string {
  const told = ({ least, median, most }: Spread) =>
    `${median.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
  return [
    `### Alarm noise: ${read ?? machines} real machines beside ${simulated} simulated`,
    `Median of the machines, and from the least to the most of them. Real: ${source}, episodes by gaps of half an hour${read === null ? ', as kept in `evals/alarms/published.ts`' : `, read from ${file}`}. Simulated: nuisance alarms at their usual level, without those of faults.`,
    tableOf(
      ['per machine', 'real', 'simulated', 'within the real spread'],
      rows.map((row) => [row.what, told(row.real), told(row.simulated), row.within ? 'yes' : 'no']),
    ),
  ].join('\n\n');
}
