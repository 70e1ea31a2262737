import type { Plant } from '../../equipment.ts';
import type { RecordOf } from '../../record.ts';
import { isProducing } from '../../state.ts';
import type { PackmlState, Waiting } from '../../state.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { IsoTime, Millis } from '../../time.ts';
import { durationWords, localAt, localWhen } from '../local-time.ts';
import { compose, factual, quote, unknown } from '../said.ts';
import type { Block, Now, Said, Sentence } from '../said.ts';
import { capital, confirmedWords, count, lineName, listed, placeName } from './words.ts';

/** One machine as it is last known. `evidence`: the id of the record that says so. */
type MachineNow = {
  id: string;
  state: PackmlState | null;
  waiting: Waiting | null;
  since: IsoTime | null;
  evidence: string | null;
};

/** A line as it is last known at a time. `running: null`: no data tells. */
export type LineNow = {
  line: string;
  running: boolean | null;
  /** Since when it runs or stands. */
  since: IsoTime | null;
  stop: Stop | null;
  machines: readonly MachineNow[];
  order: RecordOf<'order'> | null;
  /** Alarms that are active now, newest first. */
  alarms?: readonly RecordOf<'alarm'>[];
  /** The latest stop of the last 24 hours. */
  lastStop: Stop | null;
  /** Ids of the records that say when that one began and ended. */
  lastStopEvidence?: readonly string[];
  evidence: readonly string[];
};

const waitWords: Record<Waiting, string> = { starved: 'waits for product', blocked: 'cannot discharge' };
const stateWords: Partial<Record<PackmlState, string>> = {
  Execute: 'runs',
  Completing: 'runs',
  Held: 'held, needs a hand',
  Holding: 'held, needs a hand',
  Aborted: 'tripped',
  Aborting: 'tripped',
  Suspended: 'waits',
  Stopped: 'stopped',
  Idle: 'idle',
  Complete: 'order complete',
  Unknown: 'reports a state that is not mapped',
};

/** A machine's state in a supervisor's words. */
function machineState(machine: Pick<MachineNow, 'state' | 'waiting'>): string {
  if (machine.state === null) return 'no data';
  if (machine.waiting && !isProducing(machine.state)) return waitWords[machine.waiting];
  return stateWords[machine.state] ?? machine.state.toLowerCase();
}

/** That a line runs or stands, and since when. */
export function lineSentence(
  one: Pick<LineNow, 'line' | 'running' | 'since' | 'stop' | 'evidence'>,
  plant: Plant,
  now: Millis,
): Sentence {
  const name = lineName(plant, one.line);
  const since = one.since && localWhen(millis(one.since), plant.timezone, now);
  const long = one.since && durationWords((now - millis(one.since)) / 1000);
  if (one.running === null) return unknown(`No current data tells whether ${name} runs.`);
  const planned = !one.running && one.stop?.planned ? ' as planned' : '';
  const text = since
    ? `${name} has been ${one.running ? 'running' : 'standing'}${planned} since ${since} (${long}).`
    : `${name} ${one.running ? 'runs' : 'stands'}${planned}.`;
  return factual(text, one.evidence);
}

function orderSentence(order: RecordOf<'order'>): Sentence {
  const what = quote(order.description || order.material, 60);
  return factual(`Order ${order.order}, ${what}: ${confirmedWords(order)}.`, [
    `${order.source}/order/${order.key}`,
  ]);
}

function detailBlocks(one: LineNow, plant: Plant, now: Millis): Block[] {
  const standing = one.machines.filter(({ state }) => state !== null && !isProducing(state));
  return [
    { sentences: one.order ? [orderSentence(one.order)] : [] },
    {
      sentences:
        one.lastStop && one.running
          ? [
              factual(
                `Its latest stop was ${localAt(millis(one.lastStop.from), plant.timezone, now)}, for ${durationWords(one.lastStop.durationS)}.`,
                one.lastStopEvidence,
              ),
            ]
          : [],
    },
    {
      heading: 'Machines that do not run:',
      list: true,
      sentences: standing.slice(0, 8).map((machine) => {
        const since = machine.since ? `, since ${localWhen(millis(machine.since), plant.timezone, now)}` : '';
        const words = `${capital(placeName(plant, machine.id))}: ${machineState(machine)}${since}`;
        return factual(words, machine.evidence ? [machine.evidence] : []);
      }),
    },
    {
      heading: 'Active alarms:',
      list: true,
      sentences: (one.alarms ?? []).slice(0, 6).map(({ source, key, equipment, at, text, alarm }) => {
        const place = equipment === null ? '' : `${capital(placeName(plant, equipment))}: `;
        const when = localWhen(millis(at), plant.timezone, now);
        return factual(`${place}${quote(text || alarm, 80)}, since ${when}`, [`${source}/alarm/${key}`]);
      }),
    },
  ];
}

/** How one or several lines are now. */
export function sayLineStatus(lines: readonly LineNow[], plant: Plant, { now }: Now): Said {
  const [only, ...others] = lines;
  return only && others.length === 0 ? sayOneLine(only, plant, now) : sayLines(lines, plant, now);
}

function sayOneLine(one: LineNow, plant: Plant, now: Millis): Said {
  const name = lineName(plant, one.line);
  return compose({
    first: lineSentence(one, plant, now),
    blocks: detailBlocks(one, plant, now),
    table: {
      columns: ['Machine', 'State', 'Since'],
      rows: one.machines.map((machine) => [
        capital(placeName(plant, machine.id)),
        machineState(machine),
        machine.since ? localWhen(millis(machine.since), plant.timezone, now) : '-',
      ]),
      evidence: one.machines.map(({ evidence }) => (evidence ? [evidence] : [])),
    },
    followUps: [
      one.running === false ? `Why did ${name} stop?` : `Why did ${name} stop last time?`,
      `Which stops did ${name} have today?`,
      `Which order runs on ${name}?`,
    ],
  });
}

function sayLines(lines: readonly LineNow[], plant: Plant, now: Millis): Said {
  const sentences = lines.map((one) => lineSentence(one, plant, now));
  const that = (running: boolean | null): string[] =>
    lines.filter((one) => one.running === running).map(({ line }) => lineName(plant, line));
  const [running, not, silent] = [that(true), that(false), that(null)];
  if (lines.length > 1 && silent.length === lines.length)
    return compose({
      first: unknown(`No current data about any of the ${lines.length} lines.`),
      blocks: [{ list: true, sentences }],
      followUps: ['Which sources are down?'],
    });
  const standing = not.length > 0 ? `; ${listed(not)} ${not.length === 1 ? 'stands' : 'stand'}` : '';
  const untold = silent.length > 0 ? `; no current data about ${listed(silent)}` : '';
  return compose({
    first: factual(
      `${running.length} of ${count(lines.length, 'line')} ${running.length === 1 ? 'runs' : 'run'}${standing}${untold}.`,
      lines.flatMap((one) => one.evidence),
    ),
    blocks: [{ list: true, sentences }],
    followUps: not.slice(0, 2).map((name) => `Why did ${name} stop?`),
  });
}
