import { clientInMemory } from '../../mcp-server/testing/clients.ts';
import { warmUp } from '../../mcp-server/warm-up.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { listStops } from '../../memory/floor/stops.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis } from '../../plant/time.ts';
import type { Figure, Suite } from '../figure.ts';
import { health, now, openFloor, type Floor } from '../floor.ts';
import { growToYear, tenLines } from '../year.ts';
import { costOf, median, quantile, type Cost } from '../measure.ts';

const days = 14;
const sampled = 200;
const rounds = 3;

/** `explain_stop` as our agent calls it: client, protocol, tool, database, diagnosis, checks of the result. */
const explain: Suite = async (progress) => {
  const floor = await openFloor(days, progress, async ({ pool }, plant) => {
    progress('making a year of ten lines of them ...');
    await growToYear(pool);
    return tenLines(plant);
  });
  const client = await clientInMemory(floor.mcp);
  try {
    const stops = await sampleOf(floor);
    const calls = await callsOf(floor, client, stops, progress);
    progress('where the time goes ...');
    const parts = await partsOf(floor, stops);
    return {
      title: 'one stop explained, over a year of events of ten lines',
      figures: figuresOf(calls, parts),
      notes: [
        `${floor.rows.toLocaleString('en')} rows on disk: ${days} days of the demo plant's four lines, copied to ten lines and back over a year. Raw values of ${days} days; minutes fill the months that those days touch, older months are empty partitions.`,
        `${stops.length} unplanned stops spread over all lines and the last ${days} days, each asked by its start through an MCP client in this process ${1 + rounds} times.`,
        'Two seconds after its start the product explains the newest stops sixty times for nobody, so that code is compiled and statements are planned before somebody asks. The very first call is measured before that, the first call for each stop after it.',
        'The database works in a thread of this process: its CPU time is in every figure.',
      ],
    };
  } finally {
    await client.close();
    await floor.close();
  }
};
export default explain;

type Client = Awaited<ReturnType<typeof clientInMemory>>;
/** `early`: CPU of the first call for each stop, ms; `costs`: of all later ones. */
type Calls = { cold: Cost; early: number[]; costs: Cost[]; longest: Stop; long: Cost };
type Part = { name: string; cpuMs: number };

async function callsOf(
  floor: Floor,
  client: Client,
  stops: readonly Stop[],
  progress: (sentence: string) => void,
): Promise<Calls> {
  const [first, ...others] = stops;
  if (!first) throw new Error('the past holds no stops');
  const cold = await costOf(() => call(client, first));
  await warmUp(floor.mcp);
  progress(`explaining ${stops.length} stops, ${1 + rounds} times ...`);
  const early: number[] = [];
  for (const stop of others) early.push((await costOf(() => call(client, stop))).cpuMs);
  const costs: Cost[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const stop of stops) costs.push(await costOf(() => call(client, stop)));
  const longest = stops.toSorted((a, b) => b.durationS - a.durationS)[0] ?? first;
  const long = await costOf(() => call(client, longest));
  return { cold, early, costs, longest, long };
}

async function call(client: Client, stop: Stop): Promise<void> {
  const answer = await client.callTool({
    name: 'explain_stop',
    arguments: { line: stop.line, at: stop.from },
  });
  if (answer.isError) throw new Error(JSON.stringify(answer.content));
}

function figuresOf({ cold, early, costs, longest, long }: Calls, parts: readonly Part[]): Figure[] {
  const cpu = costs.map(({ cpuMs }) => cpuMs);
  const wall = costs.map(({ wallMs }) => wallMs);
  return [
    {
      name: 'CPU, p95',
      value: quantile(cpu, 0.95),
      unit: 'ms',
      aim: { below: 50 },
      why: `Of the median, ${parts.map(({ name, cpuMs }) => `${name} takes ${cpuMs.toFixed(1)} ms`).join(', ')}.`,
    },
    { name: 'CPU, median', value: median(cpu), unit: 'ms' },
    { name: 'wall, p95', value: quantile(wall, 0.95), unit: 'ms' },
    { name: 'wall, median', value: median(wall), unit: 'ms' },
    { name: 'CPU of the very first call, nothing warmed up', value: cold.cpuMs, unit: 'ms' },
    {
      name: 'CPU of the first call for each stop, warmed up as at start, p95',
      value: quantile(early, 0.95),
      unit: 'ms',
    },
    {
      name: `CPU for the longest stop, ${(longest.durationS / 3600).toFixed(1)} h`,
      value: long.cpuMs,
      unit: 'ms',
    },
    ...parts.map(({ name, cpuMs }) => ({ name: `CPU of ${name}, median`, value: cpuMs, unit: 'ms' })),
  ];
}

/** Unplanned stops, evenly over the whole past. */
async function sampleOf({ memory, plant }: Floor): Promise<Stop[]> {
  const lines = plant.lines.map(({ id }) => id);
  const window = { from: now - days * 86_400_000, to: now };
  const all = (await listStops(memory.pool, plant, lines, window, now)).filter(({ planned }) => !planned);
  const step = Math.max(1, all.length / sampled);
  return Array.from(
    { length: Math.min(sampled, all.length) },
    (_, index) => all[Math.floor(index * step)],
  ).filter((stop) => stop !== undefined);
}

/** The same stops again, part by part; medians. */
async function partsOf({ memory, plant, mcp }: Floor, stops: readonly Stop[]): Promise<Part[]> {
  const tool = mcp.tools.find(({ name }) => name === 'explain_stop');
  const spent: Record<'find' | 'gather' | 'diagnose' | 'tool', number[]> = {
    find: [],
    gather: [],
    diagnose: [],
    tool: [],
  };
  for (const stop of stops) {
    const at = millis(stop.from);
    const window = { from: at - 12 * 3_600_000, to: Math.min(now, at + 12 * 3_600_000) };
    const find = await costOf(() => listStops(memory.pool, plant, [stop.line], window, now));
    const gather = await costOf(() =>
      gatherStopCase(memory.pool, plant, { line: stop.line, stop }, { now, health }),
    );
    const why = await costOf(() => diagnose(gather.value as StopCase));
    const whole = await costOf(() => tool?.run({ line: stop.line, at: stop.from }, mcp.context()));
    spent.find.push(find.cpuMs);
    spent.gather.push(gather.cpuMs);
    spent.diagnose.push(why.cpuMs);
    spent.tool.push(whole.cpuMs);
  }
  return [
    { name: 'finding the stop', cpuMs: median(spent.find) },
    { name: 'gathering its records', cpuMs: median(spent.gather) },
    { name: 'the diagnosis', cpuMs: median(spent.diagnose) },
    { name: 'the whole tool without the protocol', cpuMs: median(spent.tool) },
  ];
}
