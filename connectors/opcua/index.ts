/** Machines over OPC UA, read only: subscriptions and events, no Write, no Method but ConditionRefresh. */
import type { Batch } from '../../plant/record.ts';
import type { Checkpoint, Connector, Source, SourceContext, SourceHealth } from '../../plant/source.ts';
import { startingHealth } from '../source/health.ts';
import { examine } from './examine.ts';
import { options, type OpcuaOptions } from './options.ts';
import { endOutlet, takeBatch } from './outlet.ts';
import { openStream } from './stream.ts';
import { supervise } from './supervise.ts';

const system = 'OPC UA';

export default {
  system,
  options,
  open: async (chosen, context) => openMachines(chosen, context),
} satisfies Connector<typeof options>;

/** One server and whoever reads it. */
type Machines = {
  readonly chosen: OpcuaOptions;
  readonly context: SourceContext;
  readonly health: SourceHealth;
  readonly closing: AbortController;
  readonly running: Set<Promise<void>>;
  /** The first failure is thrown, for whoever wants to know; after it the server is waited for here, with its shorter backoff. */
  triedBefore: boolean;
};

function openMachines(chosen: OpcuaOptions, context: SourceContext): Source {
  const machines: Machines = {
    chosen,
    context,
    health: startingHealth(system, context.id),
    closing: new AbortController(),
    running: new Set(),
    triedBefore: false,
  };
  return {
    id: context.id,
    system,
    kinds: ['state', 'alarm', 'system', 'gap', 'signal'],
    everyS: null,
    read: (since, signal) => readMachines(machines, since, signal),
    health: () => ({ ...machines.health }),
    examine: (signal) => examine(chosen, context, signal),
    async close() {
      machines.closing.abort();
      await Promise.all(machines.running);
    },
  };
}

/**
 * The checkpoint is `{ at, alarms, bad, open }`; `{ at: <ISO time> }` is enough to begin with: the time between it
 * and the first publication is a gap.
 */
async function* readMachines(
  machines: Machines,
  since: Checkpoint | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { chosen, context, health, closing, running } = machines;
  const stop = new AbortController();
  const stream = openStream(chosen, context, since, health);
  const { outlet } = stream;
  const ends = AbortSignal.any([signal, closing.signal, stop.signal]);
  const done = supervise(
    { options: chosen, context, health, stream, signal: ends },
    machines.triedBefore,
  ).then(
    () => endOutlet(outlet),
    (error: unknown) => endOutlet(outlet, error instanceof Error ? error : new Error(String(error))),
  );
  machines.triedBefore = true;
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
}
