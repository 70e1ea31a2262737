import type { z } from 'zod';
import { AndonError } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, Finding, Source, SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import { inBatches, openSent } from './batches.ts';
import type { ClosedParts } from './closed-parts.ts';
import { checkIds } from './equipment.ts';
import { keepHealth } from './health.ts';
import { positionIn } from './position.ts';

/** One step of reading: returns what is new and moves `position` on as far as it has read. */
export type Read<Reader, Position> = (
  reader: Reader,
  position: Position,
  signal: AbortSignal,
) => Promise<PlantRecord[]>;

/** What is its own in a system that is asked over HTTP every so often. */
type Polled<Reader, Position> = Pick<Source, 'system' | 'kinds' | 'everyS'> & {
  reader: Reader;
  /** How far it was read, as it goes into the checkpoint; every field has a default. */
  position: z.ZodType<Position>;
  steps: readonly Read<Reader, Position>[];
  /** What is missing although it answered; null: nothing. */
  problemOf(reader: Reader): string | null;
  examine(reader: Reader, signal: AbortSignal): Promise<Finding[]>;
};

/** The source of a polled system: step after step, each handed over with the position it reached, nothing twice. */
export function openPolled<Reader extends { http: Http; parts: ClosedParts }, Position>(
  context: SourceContext,
  polled: Polled<Reader, Position>,
): Source {
  const { system, kinds, everyS, reader } = polled;
  const health = keepHealth(system, context);
  const sent = openSent();
  const closing = new AbortController();

  async function* read(since: Checkpoint | null, stop: AbortSignal) {
    const signal = AbortSignal.any([stop, closing.signal]);
    if (since === null) sent.forget();
    const position = positionIn(polled.position, since);
    try {
      for (const step of polled.steps) {
        const before = JSON.stringify(position);
        const records = await step(reader, position, signal);
        health.saw(records);
        const fresh = sent.fresh(records);
        if (fresh.length > 0 || JSON.stringify(position) !== before)
          yield* inBatches(context.id, fresh, structuredClone(position) as Checkpoint);
        sent.recorded(fresh);
      }
      health.offset(reader.http.clockOffsetMs());
      health.ok(polled.problemOf(reader), reader.parts.kinds());
    } catch (error) {
      if (signal.aborted) return;
      health.failed(error);
      throw error;
    }
  }

  return {
    id: context.id,
    system,
    kinds,
    everyS,
    read,
    health: health.now,
    examine: (signal) => polled.examine(reader, signal),
    close: async () => closing.abort(),
  };
}

/** Throws `bad_config` where the source names equipment that the plant has not, or has no address. */
export function checkPolled(context: SourceContext, url: string, ids: readonly string[]): void {
  checkIds(context, ids);
  if (!/^https?:/.test(url))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no address yet (${url}).`,
      'The simulator gives it when it runs.',
    );
}
