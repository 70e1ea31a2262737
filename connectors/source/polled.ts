import { AndonError } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, Finding, Source, SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import { inBatches, openSent } from './batches.ts';
import { unknownIds } from './equipment.ts';
import { keepHealth } from './health.ts';

/** What is its own in a system that is asked over HTTP every so often. A step moves `position` on as far as it has read. */
type Polled<Position> = Pick<Source, 'system' | 'kinds' | 'everyS'> & {
  http: Http;
  positionOf(since: Checkpoint | null): Position;
  steps: readonly ((position: Position, signal: AbortSignal) => Promise<PlantRecord[]>)[];
  /** What is missing although it answered; null: nothing. */
  problem(): string | null;
  examine(signal: AbortSignal): Promise<Finding[]>;
};

/** The source of a polled system: step after step, each handed over with the position it reached, nothing twice. */
export function openPolled<Position>(context: SourceContext, polled: Polled<Position>): Source {
  const { system, kinds, everyS, http, steps, examine } = polled;
  const health = keepHealth(system, context);
  const sent = openSent();
  const closing = new AbortController();

  async function* read(since: Checkpoint | null, stop: AbortSignal) {
    const signal = AbortSignal.any([stop, closing.signal]);
    if (since === null) sent.forget();
    const position = polled.positionOf(since);
    try {
      for (const step of steps) {
        const before = JSON.stringify(position);
        const records = await step(position, signal);
        health.saw(records);
        const fresh = sent.fresh(records);
        if (fresh.length > 0 || JSON.stringify(position) !== before)
          yield* inBatches(context.id, fresh, structuredClone(position) as Checkpoint);
        sent.recorded(fresh);
      }
      health.offset(http.clockOffsetMs());
      health.ok(polled.problem());
    } catch (error) {
      if (signal.aborted) return;
      health.failed(error);
      throw error;
    }
  }

  const close = async (): Promise<void> => closing.abort();
  return { id: context.id, system, kinds, everyS, read, health: health.now, examine, close };
}

/** Throws `bad_config` where the source names equipment that the plant has not, or has no address. */
export function checkPolled(context: SourceContext, url: string, ids: readonly string[]): void {
  const wrong = unknownIds(context.plant, [...ids]);
  if (wrong !== null)
    throw new AndonError('bad_config', `Source ${context.id}: ${wrong}`, 'Use the ids of your plant.');
  if (!/^https?:/.test(url))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no address yet (${url}).`,
      'The simulator gives it when it runs.',
    );
}

/** For the doctor: the system's clock where it is off. The Date header counts whole seconds; below 30 s nothing is sure. */
export function clockFindings(http: Http, source: string): Finding[] {
  const offset = http.clockOffsetMs();
  if (offset === null || Math.abs(offset) <= 30_000) return [];
  const seconds = Math.round(Math.abs(offset) / 1000);
  return [
    {
      check: 'clock',
      state: 'warn',
      text: `its clock is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} ours`,
      next: `Set the clocks of ${source} and of this machine by the same time server.`,
    },
  ];
}
