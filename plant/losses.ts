import type { Stop } from './stop.ts';

/** Time lost by kind of loss (six big losses), seconds. */
export type LossShare = { loss: Stop['loss']; planned: boolean; stops: number; durationS: number };

/** Adds stops up by kind of loss, the largest loss first. */
export function lossPareto(stops: readonly Stop[]): LossShare[] {
  const sums = new Map<string, LossShare>();
  for (const { loss, durationS, planned } of stops) {
    const sum = sums.get(`${loss}/${planned}`) ?? { loss, planned, stops: 0, durationS: 0 };
    sums.set(`${loss}/${planned}`, { ...sum, stops: sum.stops + 1, durationS: sum.durationS + durationS });
  }
  return [...sums.values()].toSorted((a, b) => b.durationS - a.durationS || a.loss.localeCompare(b.loss));
}
