import type { Plant, SignalSpec } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { inAll } from '../cues/words/languages.ts';
import type { Measure } from './measure.ts';
import { measureByUnit } from './measure.ts';
import { spreadOf } from './median.ts';
import { keeping } from './once.ts';
import type { SignalWindow } from '../stop-case.ts';

/** One signal around the stop. `scale`: one robust standard deviation, never zero. */
export type Signal = {
  window: SignalWindow;
  measure: Measure;
  usual: number;
  scale: number;
  low: number | null;
  high: number | null;
};

/** As patterns are written: lower case, an umlaut as two letters, no accents. */
const plainName = (name: string): string =>
  name
    .replaceAll(/[äöü]/gi, (letter) => `${letter.normalize('NFD')[0] ?? ''}e`)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l');

/** By the names that vendors give to tags; the first that fits: weight in g is no acceleration, `set_speed` no speed. */
const order: readonly Measure[] = [
  'other',
  'setpoint',
  'rejects',
  'buffer',
  'connected',
  'vibration',
  'temperature',
  'pressure',
  'voltage',
  'load',
  'level',
  'speed',
  'count',
];
const byName = order.map((measure) => [measure, new RegExp(inAll(({ tags }) => tags[measure]))] as const);

const namedMeasure = keeping((name): Measure | null => {
  const plain = plainName(name);
  return byName.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
});

function measureOf(name: string, unit: string, spec: SignalSpec | undefined): Measure {
  const told = spec?.measures ?? '';
  const named = namedMeasure(name);
  if (named === 'setpoint' || named === 'rejects') return named;
  const united = measureByUnit(unit);
  // A level named after the infeed is the product buffer, whatever the description calls it; what has a unit of physics is none.
  if (named === 'buffer') return united ?? named;
  return (told && namedMeasure(told)) || named || united || 'other';
}

/**
 * Without a history, the time before the stop: up to two minutes before it, ten points at least. Where only the
 * last minute was recorded densely, six points up to 20 s before it, since some faults show that early.
 */
function ownBaseline(window: SignalWindow, from: Millis): { median: number; mad: number } | null {
  const until = (at: Millis): number[] =>
    window.points.filter((point) => point[0] < at).map(([, value]) => value);
  const early = until(from - 120_000);
  const before = early.length >= 10 ? early : until(from - 20_000);
  if (before.length < 6) return null;
  return spreadOf(before);
}

/** The signals that can be judged: those with a baseline or enough points before the stop. */
export function signalsOf(plant: Plant, windows: readonly SignalWindow[], from: Millis): Signal[] {
  const machines = plant.lines.flatMap((line) => line.machines);
  const specs = new Map([...machines, ...plant.utilities].map((one) => [one.id, one.signals]));
  // What the description calls the level of a buffer is one, by whatever name: it is no store of a consumable.
  const buffers = new Set(plant.lines.flatMap(({ flow }) => flow.flatMap(({ level }) => level ?? [])));
  return windows.flatMap((window) => {
    if (window.points.length === 0) return [];
    const spec = specs.get(window.equipment)?.find((one) => one.name === window.signal);
    const baseline = window.baseline ?? ownBaseline(window, from);
    const measure = buffers.has(`${window.equipment}/${window.signal}`)
      ? 'buffer'
      : measureOf(window.signal, window.unit, spec);
    const levelOnly =
      measure === 'buffer' || measure === 'level' || measure === 'connected' || measure === 'rejects';
    if (!baseline && !levelOnly) return [];
    const range = spec?.low !== undefined && spec.high !== undefined ? spec.high - spec.low : 0;
    const usual = baseline?.median ?? 0;
    // A constant series has no deviation of its own: any change beyond a hundredth counts.
    const scale = Math.max((baseline?.mad ?? 0) * 1.4826, Math.abs(usual) * 0.01, range * 0.002, 1e-6);
    return [{ window, measure, usual, scale, low: spec?.low ?? null, high: spec?.high ?? null }];
  });
}

/** The value at `at`: the last point up to it; null before the first or more than `maxAgeMs` after the last. */
export function valueAt(signal: Signal, at: Millis, maxAgeMs = 300_000): number | null {
  let found: readonly [Millis, number] | null = null;
  for (const point of signal.window.points) {
    if (point[0] > at) break;
    found = point;
  }
  return found && at - found[0] <= maxAgeMs ? found[1] : null;
}

/** How far a value lies from what is usual, in robust standard deviations of the signal. */
const deviation = ({ usual, scale }: Signal, value: number, direction: 'up' | 'down'): number =>
  ((value - usual) / scale) * (direction === 'up' ? 1 : -1);

/** The point between two times that deviates most in one direction, as robust standard deviations. */
export function extreme(
  signal: Signal,
  from: Millis,
  to: Millis,
  direction: 'up' | 'down',
): { at: Millis; value: number; z: number } | null {
  let best: { at: Millis; value: number; z: number } | null = null;
  for (const [at, value] of signal.window.points) {
    if (at < from || at > to) continue;
    const z = deviation(signal, value, direction);
    if (!best || z > best.z) best = { at, value, z };
  }
  return best;
}

/** How often between two times the deviation exceeds `z` in one direction, as a share of the points; 0 without any. */
export function shareBeyond(
  signal: Signal,
  from: Millis,
  to: Millis,
  direction: 'up' | 'down',
  z: number,
): number {
  let points = 0;
  let beyond = 0;
  for (const [at, value] of signal.window.points) {
    if (at < from || at > to) continue;
    points++;
    if (deviation(signal, value, direction) > z) beyond++;
  }
  return points === 0 ? 0 : beyond / points;
}
