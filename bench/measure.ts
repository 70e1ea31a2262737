/** Milliseconds that one piece of work took: of the clock, and of all threads of this process together. */
export type Cost = { wallMs: number; cpuMs: number };

/**
 * Does the work and tells what it cost. CPU time includes worker threads (the embedded database is one) and the
 * collector's; on a machine that others use it is the fairer of the two.
 */
export async function costOf<T>(work: () => T | Promise<T>): Promise<Cost & { value: T }> {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const value = await work();
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000, value };
}

/** The value that a share `of` (0 to 1) of all do not exceed; nearest rank. NaN for none. */
export function quantile(values: readonly number[], of: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * of) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
