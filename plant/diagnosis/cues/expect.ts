import type { Evidence } from '../../evidence.ts';
import type { PlantRecord } from '../../record.ts';
import type { Millis } from '../../time.ts';
import type { Expectation, Sighting, Group, Place } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import { once } from '../records/once.ts';
import { evidenceOf, signalEvidence } from '../records/says.ts';
import type { Signal } from '../records/signals.ts';
import type { Scene } from '../scene.ts';
import type { StandKind } from '../localise/stands.ts';

const minute = 60_000;

const evidenceIn = once(({ plant, systems }: Scene) =>
  once((record: PlantRecord) => evidenceOf(record, plant, systems)),
);

/** Trust in one record by its quality. */
export const sighting = (scene: Scene, records: readonly PlantRecord[], strength = 1): Sighting => ({
  strength: strength * (records.some(({ quality }) => quality === 'uncertain') ? 0.5 : 1),
  evidence: records.map(evidenceIn(scene)),
});

/** A value of a signal as evidence, beside what is usual for it. */
export const measuredAt = (
  { plant, systems }: Scene,
  { window }: Signal,
  [at, value]: readonly [Millis, number],
): Evidence => signalEvidence(window, at, value, plant, systems);

/** 1 from `beforeMs` before the onset to `afterMs` after it, falling to a third within the same time again. */
export function near(at: Millis, onset: Millis, beforeMs: number, afterMs: number): number {
  if (at < onset - beforeMs) return Math.exp(-(onset - beforeMs - at) / Math.max(beforeMs, minute));
  if (at > onset + afterMs) return Math.exp(-(at - onset - afterMs) / Math.max(afterMs / 2, minute));
  return 1;
}

const machinesOf = once(({ kind, entry, hit }: Origin): readonly string[] =>
  kind === 'line' ? [entry] : [...new Set([entry, ...hit])],
);

/** The machines of a place whose alarms and signals count: all that it hit at once; of a line that was told to stop, the first. */
export const machinesAt = ({ origin }: Pick<Place, 'origin'>): readonly string[] => machinesOf(origin);

export const concerns = (place: Place, equipment: string): boolean =>
  equipment === place.id || machinesAt(place).includes(equipment);

/** Told of the machine at the place, or of the line as a whole. */
export const atMachine = (scene: Scene, { origin }: Place, equipment: string | null): boolean =>
  equipment === origin.entry || equipment === null || equipment === scene.line.id;

/** The machine at the place came to stand in one of these ways. */
export function standIs(kinds: readonly StandKind[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand && kinds.includes(stand.kind) ? [sighting(scene, [stand.span.record])] : [],
  };
}

/** PackML: a fault or an emergency stop ends in Aborted, a small trouble at the machine in Held. */
export function stateIs(states: readonly string[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand?.spans.some(({ state }) => states.includes(state)) ? [sighting(scene, [stand.span.record])] : [],
  };
}

/** Anything else that records can show; `look` returns what it found. */
export const shows = (
  group: Group,
  weight: number,
  what: string,
  look: Expectation['look'],
  more: Pick<Expectation, 'missing' | 'needs' | 'visible'> = {},
): Expectation => ({ group, weight, what, look, ...more });
