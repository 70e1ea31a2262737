import {
  batch as batchSchema,
  type Batch,
  type PlantRecord,
  type Reading,
  type RecordKind,
  type RecordOf,
} from '../../plant/record.ts';
import type { Checkpoint, Source } from '../../plant/source.ts';

/** What was heard of a source so far. */
type Heard = {
  readonly source: Source;
  readonly records: PlantRecord[];
  readonly readings: Reading[];
  checkpoint: Checkpoint | null;
  failure: unknown;
  /** Called after every batch and at the end. */
  readonly look: Set<() => void>;
};

/** Reads a source as intake does, checks every batch against the schema, and waits for what should come. */
export function readSource(
  source: Source,
  since: Checkpoint | null = null,
  record?: (batch: Batch) => Promise<void>,
) {
  const stop = new AbortController();
  const heard: Heard = {
    source,
    records: [],
    readings: [],
    checkpoint: since,
    failure: null,
    look: new Set(),
  };
  const run = listen(heard, stop.signal, record);
  return {
    records: heard.records,
    readings: heard.readings,
    of: <K extends RecordKind>(kind: K) =>
      heard.records.filter((each): each is RecordOf<K> => each.kind === kind),
    checkpoint: () => heard.checkpoint,
    until: <T>(what: string, ask: () => T, ms = 90_000) => until(heard, what, ask, ms),
    async failed(): Promise<unknown> {
      await run;
      return heard.failure;
    },
    async close() {
      stop.abort();
      await run;
      await source.close();
    },
  };
}

async function listen(
  heard: Heard,
  signal: AbortSignal,
  record?: (batch: Batch) => Promise<void>,
): Promise<void> {
  try {
    for await (const batch of heard.source.read(heard.checkpoint, signal)) {
      batchSchema.parse(batch);
      await record?.(batch);
      heard.records.push(...batch.records);
      heard.readings.push(...batch.readings);
      heard.checkpoint = batch.checkpoint ?? heard.checkpoint;
      for (const call of heard.look) call();
    }
  } catch (error) {
    heard.failure = error;
  }
  for (const call of heard.look) call();
}

/** The first truthy answer of `ask`, looked at after every batch; fails after `ms`. */
async function until<T>(heard: Heard, what: string, ask: () => T, ms: number): Promise<NonNullable<T>> {
  const { promise, resolve, reject } = Promise.withResolvers<NonNullable<T>>();
  const call = () => {
    const answer = ask();
    if (answer) resolve(answer);
    else if (heard.failure) reject(heard.failure);
  };
  const timer = setTimeout(() => {
    reject(new Error(`Waited in vain for ${what}; health: ${JSON.stringify(heard.source.health())}`));
  }, ms);
  heard.look.add(call);
  call();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    heard.look.delete(call);
  }
}
