import type { Millis } from '../../plant/time.ts';
import type { LedgerFact } from '../physics/ledger.ts';
import type { Floor, LineSim, MachineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';

export type CauseClass =
  | 'machine'
  | 'material'
  | 'quality'
  | 'people'
  | 'planning'
  | 'utilities'
  | 'outside'
  | 'it';

/** Where and when a fault is to stand in the way: `at` is when its place can no longer work, `until` when it can again. `bare`: the warehouse has nothing of it either. */
export type Site = {
  floor: Floor;
  line: LineSim;
  rng: Random;
  place: string;
  at: Millis;
  until: Millis;
  bare?: boolean;
};

/** A fault at work. `step` changes physics as time goes on; `over`: nothing of it is left. */
export type Running = {
  step(t: Millis): void;
  over(t: Millis): boolean;
  /** From then on every second counts; before, minutes will do. */
  awakeFrom: Millis;
};

/**
 * One cause of a stop. It changes physics only (friction, supply, pressure, presence ...) and knows nothing of
 * states, alarms or records: these follow from the machines, the ERP and the MES.
 */
export type Fault = {
  cause: string;
  class: CauseClass;
  /** One of those that happen in every plant: also drawn for the past of the demo. */
  everyday?: true;
  /** What the line does anyway: it stands, or it does not stand at all. */
  nature?: 'planned' | 'no_stop';
  /** How long it lasts when nothing else is said, seconds. */
  lastsS: readonly [number, number];
  /** Ids at which it can begin on this line; none: not here. */
  places(floor: Floor, line: LineSim): string[];
  /** How long before `at` it has to begin, seconds. */
  leadS(line: LineSim, place: string): number;
  begin(site: Site): Running;
};

export const machineAt = (site: Pick<Site, 'line' | 'place'>): MachineSim => {
  const machine = site.line.machines.find((one) => one.id === site.place);
  if (!machine) throw new RangeError(`${site.place} is no machine of ${site.line.id}`);
  return machine;
};

/** Does something once, at its time. */
/** Ramps from 0 to 1 between two times. */
export const ramp = (t: Millis, from: Millis, to: Millis): number =>
  Math.min(1, Math.max(0, (t - from) / Math.max(1, to - from)));

/** A line in somebody's book. `lateS`: how long after it happened it can be read, seconds. */
export function enterBook(
  site: Pick<Site, 'floor'>,
  of: {
    book?: 'mes' | 'erp';
    key: string;
    equipment: string | null;
    at: Millis;
    lateS?: number;
    version?: string;
  },
  fact: LedgerFact,
): void {
  const { book = 'mes', key, equipment, at, lateS = 9, version = '' } = of;
  site.floor.ledger.push({ book, key, version, equipment, at, seen: at + lateS * 1000, fact });
}

export function once(at: Millis, act: () => void): (t: Millis) => void {
  let done = false;
  return (t) => {
    if (done || t < at) return;
    done = true;
    act();
  };
}
