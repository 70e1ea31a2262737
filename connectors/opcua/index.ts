import type { Connector, Source, SourceContext } from '../../plant/source.ts';
import { startingHealth } from '../source/health.ts';
import { examine } from './examine.ts';
import { options, type OpcuaOptions } from './options.ts';
import { endOutlet, takeBatch } from './outlet.ts';
import { openStream } from './stream.ts';
import { supervise } from './supervise.ts';

const system = 'OPC UA';

/**
 * Machines over OPC UA, read only: subscriptions and events, no Write, no Method but ConditionRefresh.
 * The checkpoint is `{ at, alarms, bad, open }`; `{ at: <ISO time> }` is enough to begin with: the time between it
 * and the first publication is a gap.
 */
async function open(given: OpcuaOptions, context: SourceContext): Promise<Source> {
  const health = startingHealth(system, context.id);
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  /** The first failure is thrown, for whoever wants to know; after it the server is waited for here, with its shorter backoff. */
  let triedBefore = false;
  return {
    id: context.id,
    system,
    kinds: ['state', 'alarm', 'system', 'gap', 'signal'],
    everyS: null,
    async *read(since, signal) {
      const stop = new AbortController();
      const ward = {
        options: given,
        context,
        health,
        stream: openStream(given, context, since, health),
        signal: AbortSignal.any([signal, closing.signal, stop.signal]),
      };
      const { outlet } = ward.stream;
      const done = supervise(ward, triedBefore).then(
        () => endOutlet(outlet),
        (error: unknown) => endOutlet(outlet, error instanceof Error ? error : new Error(String(error))),
      );
      triedBefore = true;
      running.add(done);
      try {
        for (;;) {
          const batch = await takeBatch(outlet);
          if (!batch) return;
          yield batch;
        }
      } finally {
        stop.abort();
        await done;
        running.delete(done);
      }
    },
    health: () => ({ ...health }),
    examine: (signal) => examine(given, context, signal),
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

export default { system, options, open } satisfies Connector<typeof options>;
