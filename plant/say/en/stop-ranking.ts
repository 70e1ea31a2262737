import type { Correction } from '../../correction.ts';
import { causeAt } from '../../correction/choices.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import type { Span } from '../../stop-shares.ts';
import type { Stop } from '../../stop.ts';
import { band } from './diagnosis.ts';

/** What the records say of a stop. `cause`: as a noun phrase, null where they carry none. */
export type LookedInto = {
  stop: Stop;
  place: string | null;
  cause: string | null;
  evidence: readonly string[];
};

/** Stops to be ranked: the unplanned ones, at least one. `planned`: those that are left out. */
export type Ranked = Span & { lines: readonly string[]; stops: readonly Stop[]; planned: readonly Stop[] };

/** Folds a diagnosis, or what a person confirmed of the same stop, to place and cause. */
export function lookedInto(d: Diagnosis, confirmed: Correction | null, plant: Plant): LookedInto {
  const { stop, place, cause } = d;
  if (confirmed)
    return {
      stop,
      place: confirmed.place,
      cause: `${causeAt(plant, confirmed.place, confirmed.cause)}, as confirmed`,
      evidence: [],
    };
  const top = d.candidates.find((one) => one.cause === cause && one.place === place) ?? d.candidates[0];
  const evidence = (top?.for ?? []).slice(0, 3);
  if (d.abstained || cause === 'unknown' || !top) return { stop, place, cause: null, evidence };
  if (cause === 'other') return { stop, place, cause: 'none of the causes I know', evidence };
  return { stop, place, cause: `${band(d.p)}${top.words}`, evidence };
}
