/** A share of 1 with how many it rests on, and its 95 % interval. `share` is null where there is no case. */
export type Share = {
  right: number;
  n: number;
  share: number | null;
  low: number | null;
  high: number | null;
};

const draws = 1_000;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Of how many cases it is true. */
export const shareOf = <T>(cases: readonly T[], test: (one: T) => boolean): Share =>
  ratioOf(cases.map((one) => [test(one) ? 1 : 0, 1]));

/**
 * Sum over sum, with the interval that 1,000 seeded draws of the cases give. Where all agree every draw does too:
 * then the end is 3/n away, the 95 % bound for something never seen in n.
 */
export function ratioOf(parts: readonly (readonly [number, number])[]): Share {
  const sum = (list: readonly (readonly [number, number])[], side: 0 | 1) =>
    list.reduce((total, one) => total + one[side], 0);
  const [right, n] = [sum(parts, 0), sum(parts, 1)];
  if (n === 0) return { right, n, share: null, low: null, high: null };
  const share = right / n;
  if (parts.every(([above, below]) => above === below))
    return { right, n, share, low: Math.max(0, 1 - 3 / n), high: 1 };
  if (parts.every(([above]) => above === 0)) return { right, n, share, low: 0, high: Math.min(1, 3 / n) };
  const random = seeded(parts.length * 7_919 + right);
  const drawn = Array.from({ length: draws }, () => {
    let [above, below] = [0, 0];
    for (let index = 0; index < parts.length; index += 1) {
      const one = parts[Math.floor(random() * parts.length)];
      above += one?.[0] ?? 0;
      below += one?.[1] ?? 0;
    }
    return below === 0 ? share : above / below;
  }).toSorted((a, b) => a - b);
  const at = (part: number) => drawn[Math.min(draws - 1, Math.floor(part * draws))] ?? share;
  return { right, n, share, low: at(0.025), high: at(0.975) };
}

/** The value below which this part of the values lies; null of none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? null;
}

export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
