import type { FlowEdge } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import type { Signal } from '../records/signals.ts';
import type { Flow } from './topology.ts';

/** How full a buffer was, as shares of its capacity, oldest first, by Andon's clock. */
export type Level = readonly (readonly [Millis, number])[];

/** A buffer as empty, or as full, as it gets while machines still pick at it; and one that surely is not. */
const endShare = 0.08;
const farShare = 0.2;

/** Values come every ten seconds where a buffer moves; a stand lies between two of them. */
const sampleMs = 12_000;

function levelSignal(edge: FlowEdge, signals: readonly Signal[]): Signal | undefined {
  const [equipment, signal] = edge.level?.split('/') ?? [];
  return signals.find(({ window, measure }) =>
    edge.level === undefined
      ? measure === 'buffer' &&
        ((window.equipment === edge.to && window.signal.startsWith('infeed')) ||
          (window.equipment === edge.from && /^(outfeed|discharge)/.test(window.signal)))
      : window.equipment === equipment && window.signal === signal,
  );
}

/**
 * The buffers whose level is measured. A level named after the infeed of a machine that several lead to, told by
 * no description, may be of any of them and is left out.
 */
export function levelsOf(flow: Flow, signals: readonly Signal[]): Map<FlowEdge, Level> {
  const levels = new Map<FlowEdge, Level>();
  for (const edge of flow.edges) {
    const ambiguous =
      edge.level === undefined &&
      (flow.into.get(edge.to) ?? []).length > 1 &&
      (flow.outOf.get(edge.from) ?? []).length > 1;
    const signal = ambiguous ? undefined : levelSignal(edge, signals);
    if (!signal) continue;
    const full = signal.window.unit === '%' ? 100 : (signal.high ?? edge.capacity);
    if (full > 0)
      levels.set(
        edge,
        signal.window.points.map(([at, value]) => [at, value / full] as const),
      );
  }
  return levels;
}

/** The least and the most it held around `at`: the last value before, and those a sample before or after. null: nobody tells. */
function around(level: Level | undefined, at: Millis): { least: number; most: number } | null {
  if (!level) return null;
  let before: number | null = null;
  const near: number[] = [];
  for (const [time, share] of level) {
    if (time > at + sampleMs) break;
    if (time <= at && at - time <= 300_000) before = share;
    if (time >= at - sampleMs) near.push(share);
  }
  if (before !== null) near.push(before);
  return near.length === 0 ? null : { least: Math.min(...near), most: Math.max(...near) };
}

/** What a buffer says of a machine that came to stand behind it (starved) or before it (blocked); null: nobody tells, or neither. */
export function levelSays(
  level: Level | undefined,
  at: Millis,
  way: 'starved' | 'blocked',
): 'waits' | 'does not' | null {
  const told = around(level, at);
  if (!told) return null;
  const left = way === 'starved' ? told.least : 1 - told.most;
  if (left <= endShare) return 'waits';
  return left > farShare ? 'does not' : null;
}

/** Since when it was empty (or full) at `at`, to the sample; null: it was not, or nobody tells. */
export function since(level: Level | undefined, at: Millis, what: 'empty' | 'full'): Millis | null {
  if (!level) return null;
  let from: Millis | null = null;
  for (const [time, share] of level) {
    if (time > at + sampleMs) break;
    const is = what === 'empty' ? share <= 0.01 : share >= 0.99;
    if (!is) from = null;
    else from ??= time;
  }
  return from;
}
