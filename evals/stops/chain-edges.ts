import type { ChainStep } from '../../plant/diagnosis/diagnosis.ts';
import type { Edge } from './case.ts';

/** `inferred`: true edges that no record shows and that were found; `marked`: those of them said to be inferred. */
export type EdgeCount = { said: number; real: number; both: number; inferred: number; marked: number };

type Ends = { from: string; to: string };

/** Every edge in order. */
export const sameEdges = (said: readonly Ends[], real: readonly Ends[]): boolean =>
  said.length === real.length &&
  said.every((edge, index) => edge.from === real[index]?.from && edge.to === real[index]?.to);

export function edgesOf(said: readonly ChainStep[], real: readonly Edge[]): EdgeCount {
  const found = real.flatMap((edge) => {
    const step = said.find(({ from, to }) => from === edge.from && to === edge.to);
    return step ? [{ edge, step }] : [];
  });
  const inferred = found.filter(({ edge }) => edge.inferred === true);
  return {
    said: said.length,
    real: real.length,
    both: found.length,
    inferred: inferred.length,
    marked: inferred.filter(({ step }) => step.inferred).length,
  };
}
