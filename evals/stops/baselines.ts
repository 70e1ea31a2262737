import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import { isProducing } from '../../plant/state.ts';
import { millis } from '../../plant/time.ts';
import type { Truth } from './case.ts';

/** What a guess amounts to. null: says nothing. */
type Guess = { machine: string | null; cause: string | null };
type Baseline = { name: string; guess(found: StopCase, learned: Learned): Guess };

export type Guessed = { name: string; machineRight: boolean; placeRight: boolean; causeRight: boolean };

/** What happened in a training case: the cause, and the class of the machine where it began. */
export type Past = { cause: string; machineClass: string | null };
/** The most frequent cause on the training seeds, over all and per class of machine: what a dumb guess may know. */
export type Learned = { overall: string; byMachineClass: Readonly<Record<string, string>> };

/** Minutes before the stop in which an alarm counts. */
const windowMs = 10 * 60_000;

function alarmsBefore(found: StopCase) {
  const stop = millis(found.stop.from);
  return found.records
    .filter((record) => record.kind === 'alarm' && record.active && record.equipment !== null)
    .filter(({ at }) => millis(at) >= stop - windowMs && millis(at) <= stop + 60_000)
    .toSorted((a, b) => millis(a.at) - millis(b.at));
}

function withUsualCause(found: StopCase, machine: string | null | undefined, learned: Learned): Guess {
  if (!machine) return { machine: null, cause: learned.overall };
  const kind = found.line.machines.find((one) => one.id === machine)?.class ?? '';
  return { machine, cause: learned.byMachineClass[kind] ?? learned.overall };
}

/** Of the machines that stand when the line does, the one that began first. */
function longestStanding(found: StopCase): string | undefined {
  const stop = millis(found.stop.from);
  const since = new Map<string, number>();
  const states = found.records
    .filter((record) => record.kind === 'state' && millis(record.at) <= stop + 60_000)
    .toSorted((a, b) => millis(a.at) - millis(b.at));
  for (const record of states) {
    if (record.kind !== 'state' || !found.line.machines.some(({ id }) => id === record.equipment)) continue;
    const id = record.equipment ?? '';
    if (isProducing(record.state)) since.delete(id);
    else if (!since.has(id)) since.set(id, millis(record.at));
  }
  return [...since].toSorted((a, b) => a[1] - b[1])[0]?.[0];
}

/** Six ways to answer without thinking. Where one of them does well, the cases are too easy. */
const baselines: readonly Baseline[] = [
  {
    name: 'first alarm',
    guess: (found, learned) => withUsualCause(found, alarmsBefore(found)[0]?.equipment, learned),
  },
  {
    name: 'most alarms',
    guess: (found, learned) => {
      const counts = new Map<string, number>();
      for (const { equipment } of alarmsBefore(found))
        if (equipment) counts.set(equipment, (counts.get(equipment) ?? 0) + 1);
      return withUsualCause(found, [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0], learned);
    },
  },
  {
    name: 'first stopped',
    guess: (found, learned) => {
      const stop = millis(found.stop.from);
      const first = found.records
        .filter(
          (record) =>
            record.kind === 'state' &&
            !isProducing(record.state) &&
            found.line.machines.some(({ id }) => id === record.equipment),
        )
        .filter(({ at }) => millis(at) >= stop - windowMs && millis(at) <= stop + 60_000)
        .toSorted((a, b) => millis(a.at) - millis(b.at))[0];
      return withUsualCause(found, first?.equipment, learned);
    },
  },
  {
    name: 'longest standing',
    guess: (found, learned) => withUsualCause(found, longestStanding(found), learned),
  },
  { name: 'most frequent past reason', guess: (_, learned) => ({ machine: null, cause: learned.overall }) },
  { name: 'always unknown', guess: () => ({ machine: null, cause: null }) },
];

/** Learns from training truths only. */
export function learnFrom(pasts: readonly Past[]): Learned {
  const mostFrequent = (causes: readonly string[]): string => {
    const counts = new Map<string, number>();
    for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
    return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? 'unknown';
  };
  const classes = [...new Set(pasts.map(({ machineClass }) => machineClass))].filter((one) => one !== null);
  return {
    overall: mostFrequent(pasts.map(({ cause }) => cause)),
    byMachineClass: Object.fromEntries(
      classes.map((one) => [
        one,
        mostFrequent(pasts.filter(({ machineClass }) => machineClass === one).map(({ cause }) => cause)),
      ]),
    ),
  };
}

/** Each guess of a stop held against its truth; `found` null: no stop was seen. */
export function guessesOf(found: StopCase | null, truth: Truth, learned: Learned): Guessed[] {
  return baselines.map(({ name, guess }) => {
    const made = found === null ? { machine: null, cause: null } : guess(found, learned);
    return {
      name,
      machineRight: made.machine !== null && made.machine === truth.machine,
      placeRight: made.machine !== null && made.machine === truth.place,
      causeRight: made.cause === truth.cause,
    };
  });
}
