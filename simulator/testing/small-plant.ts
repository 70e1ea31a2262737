import { batch, type Batch } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { OpenPlant, PlantOptions } from '../open-plant.ts';
import type { Happening } from '../schedule/scheduler.ts';
import { smallWorld, type SmallWorld } from './small-world.ts';

/** The smallest plant that a child process can run: for the tests of the process, not of the plant. */
export function openPlant({ seed, now, pastDays = 1 }: PlantOptions): OpenPlant {
  const world = smallWorld(now);
  const stops: Happening[] = [];
  const history = () => pastOf(world, Number(seed), now, pastDays);
  return {
    world,
    history,
    *unseen() {
      for (const { records } of history())
        yield records.flatMap((one) =>
          one.kind === 'alarm'
            ? { ...one, machine: one.equipment ?? '', acknowledged: false, at: Date.parse(one.at) }
            : [],
        );
    },
    scheduleStop(line, inSeconds, cause = 'infeed_jam') {
      if (line !== 'line-3') throw new RangeError(`no such line: ${line}`);
      const at = world.now() + inSeconds * 1000;
      stops.push({ line, cause, place: 'line-3.capper', at, until: at + 60_000 });
    },
    happenings: () => stops,
  };
}

/** Readings of each day, then a note and an alarm that is still on. */
function* pastOf(world: SmallWorld, seed: number, now: Millis, days: number): Generator<Batch> {
  for (let day = days; day > 0; day -= 1) yield torqueFrom(now - day * 86_400_000, seed);
  world.notes.push({
    id: 'n-1',
    at: now - 120_000,
    line: 'line-3',
    machine: 'line-3.capper',
    role: 'operator',
    text: 'capper "head 4", slips again',
  });
  yield batch.parse({
    source: 'machines',
    records: [
      {
        kind: 'alarm',
        source: 'machines',
        key: 'line-3.capper/infeed_jam@1/on',
        version: '',
        equipment: 'line-3.capper',
        at: iso(now - 60_000),
        observedAt: iso(now),
        alarm: 'infeed_jam',
        text: 'Jam at infeed starwheel',
        severity: 700,
        active: true,
        acknowledged: false,
      },
    ],
  });
}

/** More rows than one message may hold. */
const torqueFrom = (from: Millis, first: number): Batch =>
  batch.parse({
    source: 'machines',
    readings: Array.from({ length: 12_000 }, (_, index) => ({
      equipment: 'line-3.filler',
      signal: 'torque',
      at: from + index * 1000,
      value: first + index,
    })),
    checkpoint: { at: from },
  });
