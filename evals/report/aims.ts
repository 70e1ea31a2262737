import type { Name } from '../stops/figures.ts';

/** What the figures on fresh seeds, all dials on, shall be at least. */
export const aims: Partial<Record<Name, number>> = {
  machine_top1: 0.93,
  place_top1: 0.93,
  machine_top3: 0.99,
  place_top3: 0.99,
  cause_top1: 0.8,
  cause_top3: 0.95,
  chain: 0.85,
  precision: 0.95,
  precision_answerable: 0.95,
  coverage: 0.8,
  abstain_unanswerable: 0.9,
  false_premise: 0.98,
};
/** Over stops that began at a machine. */
export const leftOutAim = 0.85;
export const cpuAimMs = 50;
