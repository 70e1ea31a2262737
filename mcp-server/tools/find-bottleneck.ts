import { z } from 'zod';
import { activitiesOf } from '../../plant/bottleneck/activity.ts';
import { bottleneckOf } from '../../plant/bottleneck/bottleneck.ts';
import type { MachineFigures } from '../../plant/bottleneck/bottleneck.ts';
import { findStops, referenceOf } from '../../plant/diagnosis/frame/frame.ts';
import { flowOf } from '../../plant/diagnosis/localise/topology.ts';
import { timelines } from '../../plant/diagnosis/records/timeline.ts';
import type { StateSpan } from '../../plant/diagnosis/records/timeline.ts';
import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import type { Line } from '../../plant/equipment.ts';
import type { Evidence } from '../../plant/evidence.ts';
import { resolveLine } from '../../plant/names.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { LineBottleneck } from '../../plant/say/en/bottleneck-answer.ts';
import type { Span } from '../../plant/stop-shares.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis } from '../../plant/time.ts';
import type { Millis } from '../../plant/time.ts';
import { framingRecords } from '../../memory/floor/states.ts';
import { completenessOf } from '../completeness.ts';
import { asEvidence, gapsOf, silentIn } from '../gaps.ts';
import { defineTool, reads } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { timeInput, windowOf } from '../window.ts';

/** How much later than asked the first state may be before it is said that nothing is known of the beginning. */
const lateMs = 5 * 60_000;

type States = ReadonlyMap<string, readonly StateSpan[]>;

/**
 * When the line was meant to stand, or was set up or cleaned as a whole, by the machine it is judged by: a changeover, also
 * one that runs over its time, stops every machine alike and is none that holds the others back.
 */
function meantIn(stops: readonly Stop[], line: Line, states: States, now: Millis): Span[] {
  const planned = stops.filter((one) => one.planned || one.loss === 'setup');
  const reference = referenceOf(line, (id) => states.has(id));
  const setUp = (states.get(reference ?? '') ?? []).filter(
    ({ mode }) => mode === 'Setup' || mode === 'Clean',
  );
  return [
    ...planned.map(({ from, to }) => ({ from: millis(from), to: to === null ? now : millis(to) })),
    ...setUp.map(({ from, to }) => ({ from, to: Math.min(to, now) })),
  ];
}

/** The states of one machine as a record: the one it stood longest in, and what the whole of them says. */
function evidenceOfMachine(
  context: ToolContext,
  records: ReadonlyMap<string, PlantRecord>,
  one: MachineFigures,
  window: Span,
): Evidence[] {
  const record = records.get(one.record);
  const says = context.say.activityRecord(one, window, context.plant, context.now);
  return record ? [{ ...asEvidence(context, record), says }] : [];
}

/** Which machine held one line back in a window, with the records that say so and what is missing. */
async function bottleneckIn(context: ToolContext, line: Line, window: Span) {
  const { pool, plant, now, say } = context;
  const records = await framingRecords(pool, line, window.from, window.to);
  const { gaps, evidence } = await gapsOf(context, [line], window);
  const states = timelines(records);
  const planned = meantIn(findStops({ plant, line, records, window, now }), line, states, now);
  const silent = silentIn(gaps, line, states, now);
  const flow = flowOf(line);
  const machines = activitiesOf(flow, states, window, { planned, silent });
  const found = bottleneckOf(flow, machines);
  const byId = new Map(records.map((record) => [evidenceId(record), record]));
  const told = found.machines.map((one) => ({
    machine: one.machine,
    records: evidenceOfMachine(context, byId, one, window),
  }));
  const begin = Math.min(...machines.flatMap(({ did }) => did.slice(0, 1).map(({ from }) => from)));
  const isTold = [...planned, ...silent].some(({ from, to }) => from <= window.from && to >= begin);
  const late = machines.length > 0 && begin - window.from > lateMs && !isTold;
  const about: LineBottleneck = {
    line,
    found,
    evidence: new Map(told.map((one) => [one.machine, one.records.map(({ id }) => id)])),
  };
  return {
    about,
    gaps,
    evidence: [...told.flatMap((one) => one.records), ...evidence],
    missing: late ? [say.noStateOf(line.id, { from: window.from, to: begin }, plant, now)] : [],
  };
}

const machine = z.string().nullable();
const seconds = z.number();

export default defineTool({
  name: 'find_bottleneck',
  title: 'Find the bottleneck',
  description:
    'Which machine of a line (or of every line) held it back in a time window: by three methods over machine states (average active duration, shifting bottleneck, turning point of blocked and starved times); "agree" says how many name it. Planned stands are left out. Default window: the last 24 hours. For single stops and their causes call list_stops or explain_stop.',
  input: {
    line: z.string().max(200).optional().describe('Line as people call it; empty: all lines'),
    from: timeInput('ISO time'),
    to: timeInput('ISO time; default now'),
  },
  data: {
    lines: z.array(
      z.object({
        line: z.string(),
        machine,
        agree: z.number(),
        methods: z.object({
          average_active_duration: machine,
          shifting_bottleneck: machine,
          turning_point: machine,
        }),
        /** Seconds. */
        machines: z.array(
          z.object({
            machine: z.string(),
            ran: seconds,
            stood: seconds,
            starved: seconds,
            blocked: seconds,
            active: seconds,
          }),
        ),
        dark: z.array(z.string()),
      }),
    ),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, now, say } = context;
    const lines = input.line ? [resolveLine(plant, input.line)] : plant.lines;
    const window = windowOf(input, now);
    // A month of six machines that stop each five minutes is 110 000 states: one line after the other.
    const reckoned: Awaited<ReturnType<typeof bottleneckIn>>[] = [];
    for (const line of lines) reckoned.push(await bottleneckIn(context, line, window));
    return {
      said: say.sayBottleneck({ ...window, lines: reckoned.map(({ about }) => about) }, plant, { now }),
      data: {
        lines: reckoned.map(({ about: { line, found } }) => ({
          line: line.id,
          machine: found.machine,
          agree: found.agree,
          methods: found.methods,
          machines: found.machines.map(({ machine: id, ran, stood, starved, blocked, active }) => ({
            machine: id,
            ran,
            stood,
            starved,
            blocked,
            active,
          })),
          dark: [...found.dark],
        })),
      },
      evidence: reckoned.flatMap(({ evidence }) => evidence),
      completeness: completenessOf(context, {
        gaps: reckoned.flatMap(({ gaps }) => gaps),
        missing: reckoned.flatMap(({ missing }) => missing),
      }),
    };
  },
});
