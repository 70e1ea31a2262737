/** Threads in a map, as `threads` of the copilot. */
export function mapThreads() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (thread: string) => Promise.resolve(kept.get(thread) ?? null),
    set: (thread: string, value: unknown) => {
      kept.set(thread, structuredClone(value));
      return Promise.resolve();
    },
  };
}
