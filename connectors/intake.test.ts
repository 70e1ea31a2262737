import { describe, expect, test } from 'vitest';
import { AndonError } from '../plant/errors.ts';
import type { Batch, PlantRecord } from '../plant/record.ts';
import type { Checkpoint, Source } from '../plant/source.ts';
import { startIntake, type IntakeOptions } from './intake.ts';

const start = Date.parse('2026-11-20T13:00:00Z');

const note = (source: string, key: string): PlantRecord => ({
  kind: 'note',
  source,
  key,
  version: '',
  equipment: null,
  at: '2026-11-20T12:00:00Z',
  observedAt: '2026-11-20T13:00:00Z',
  quality: 'good',
  text: key,
  author: null,
});
const batchOf = (source: string, keys: readonly string[], checkpoint: Checkpoint | null = null): Batch => ({
  source,
  records: keys.map((key) => note(source, key)),
  readings: [],
  minutes: [],
  checkpoint,
});

/** A source whose reads are written by the test; `read` gets the number of the read. */
function sourceOf(
  id: string,
  read: (since: Checkpoint | null, signal: AbortSignal, count: number) => AsyncIterable<Batch>,
  everyS: number | null = 10,
): Source & { reads: number; closed: number } {
  const source = {
    id,
    system: 'test',
    kinds: ['note'] as const,
    everyS,
    reads: 0,
    closed: 0,
    read: (since: Checkpoint | null, signal: AbortSignal) => read(since, signal, (source.reads += 1)),
    health: () => ({
      source: id,
      system: 'test',
      state: 'up' as const,
      lastOkAt: null,
      lastRecordAt: null,
      clockOffsetMs: null,
      problem: null,
    }),
    examine: async () => [],
    close: async () => {
      source.closed += 1;
    },
  };
  return source;
}

/** A floor that keeps what is recorded, and a time that passes only by waiting. */
function floor(sources: readonly Source[], more: Partial<IntakeOptions> = {}) {
  let now = start;
  const recorded: Batch[] = [];
  const checkpoints = new Map<string, Checkpoint>();
  const waits: number[] = [];
  const log: string[] = [];
  let limit = 50;
  const intake = startIntake({
    sources,
    record: async (batch) => {
      recorded.push(batch);
      if (batch.checkpoint) checkpoints.set(batch.source, batch.checkpoint);
    },
    checkpoint: async (id) => checkpoints.get(id) ?? null,
    clock: () => now,
    log: (sentence) => log.push(sentence),
    random: () => 1,
    wait: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
      // Past the limit the time stands still, so that a loop in a test does not run for ever.
      if ((limit -= 1) <= 0)
        await new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      else await new Promise((resolve) => setImmediate(resolve));
    },
    ...more,
  });
  const keys = () =>
    recorded.flatMap(({ records }) => records.map(({ source, kind, key }) => `${source}/${kind}/${key}`));
  return {
    intake,
    recorded,
    checkpoints,
    waits,
    log,
    keys,
    async [Symbol.asyncDispose]() {
      await intake.close();
    },
  };
}

describe('intake', () => {
  test('reads on from the recorded checkpoint', async () => {
    const seen: (Checkpoint | null)[] = [];
    const source = sourceOf('erp', async function* (since, _signal, count) {
      seen.push(since);
      yield batchOf('erp', [`a${count}`], { count });
    });
    await using at = floor([source]);
    await expect.poll(() => seen.length).toBeGreaterThan(2);
    expect(seen.slice(0, 3)).toEqual([null, { count: 1 }, { count: 2 }]);
    expect(at.waits.slice(0, 3)).toEqual([1000, 10_000, 10_000]);
  });

  test('records the same batch again until it is recorded; nothing is lost or overtaken', async () => {
    let broken = 3;
    const kept: string[] = [];
    const source = sourceOf('erp', async function* (_since, _signal, count) {
      if (count > 1) return;
      yield batchOf('erp', ['first']);
      yield batchOf('erp', ['second'], { done: true });
    });
    const problems: (string | null)[] = [];
    await using at = floor([source], {
      record: async (batch) => {
        if ((broken -= 1) >= 0) {
          problems.push(at.intake.health()[0]?.problem ?? null);
          throw new Error('the database is away');
        }
        kept.push(...batch.records.map(({ key }) => key));
      },
    });
    await expect.poll(() => kept).toEqual(['first', 'second']);
    expect(problems).toEqual([
      null,
      'Recording fails: the database is away',
      'Recording fails: the database is away',
    ]);
    await expect.poll(() => at.intake.health()[0]?.problem).toBeNull();
    expect(at.log.filter((sentence) => sentence.includes('cannot be recorded'))).toHaveLength(1);
  });

  test('an unreachable system is asked with growing pauses up to five minutes, then its gap is told once', async () => {
    const source = sourceOf('erp', async function* (_since, _signal, count) {
      if (count > 1 && count < 13) throw new AndonError('unreachable', 'erp does not answer.');
      yield batchOf('erp', [`read-${count}`]);
    });
    await using at = floor([source]);
    await expect.poll(() => at.keys()).toContain('erp/note/read-13');
    expect(at.waits.slice(2, 13)).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000),
    );
    await expect.poll(() => at.keys().some((key) => key.includes('/gap/'))).toBe(true);
    const gaps = at.recorded.flatMap(({ records }) => records.filter(({ kind }) => kind === 'gap'));
    // From the last good read, a second after the start, to the first good one.
    expect(gaps).toMatchObject([
      {
        key: '*@2026-11-20T13:00:01.000Z',
        equipment: null,
        from: '2026-11-20T13:00:01.000Z',
        to: new Date(start + 1000 + 10_000 + 1111_000).toISOString(),
        reason: 'no answer',
      },
    ]);
    expect(at.log).toEqual(['erp: erp does not answer.', 'erp answers again.']);
  });

  test('refused credentials are tried again slowly, and said once', async () => {
    const source = sourceOf('erp', () => {
      throw new AndonError('unauthorised', 'erp refuses our key.', 'Check it.');
    });
    await using at = floor([source]);
    await expect.poll(() => source.reads).toBeGreaterThan(2);
    expect(at.waits.slice(1, 3)).toEqual([900_000, 900_000]);
    expect(at.intake.health()[0]).toMatchObject({
      state: 'unauthorised',
      problem: 'erp refuses our key. Check it.',
    });
    expect(at.log).toEqual(['erp: erp refuses our key. Check it.']);
  });

  test('waits as long as the system asks for', async () => {
    const source = sourceOf('erp', () => {
      throw new AndonError('unreachable', 'Slow down.', '', { details: { retryAt: start + 60_000 } });
    });
    await using at = floor([source]);
    await expect.poll(() => at.waits.length).toBeGreaterThan(1);
    expect(at.waits[1]).toBe(59_000);
  });

  test('a dead, a hanging and a lying source hold up no other', async () => {
    const good = sourceOf('good', async function* (_since, _signal, count) {
      yield batchOf('good', [`g${count}`]);
    });
    const others = [
      sourceOf('dead', () => {
        throw new Error('a defect');
      }),
      sourceOf('hangs', async function* () {
        yield await new Promise<Batch>(() => {});
      }),
      sourceOf('lies', async function* () {
        yield { ...batchOf('good', ['forged']), source: 'good' };
      }),
      sourceOf('wrong', async function* () {
        yield {
          ...batchOf('wrong', ['fine']),
          records: [note('wrong', 'fine'), { kind: 'note' } as PlantRecord],
        };
      }),
    ];
    await using at = floor([good, ...others]);
    await expect.poll(() => good.reads).toBeGreaterThan(3);
    expect(at.keys()).not.toContain('good/note/forged');
    expect(at.keys()).toContain('wrong/note/fine');
    const states = Object.fromEntries(at.intake.health().map(({ source, state }) => [source, state]));
    expect(states).toMatchObject({ good: 'up', dead: 'down', lies: 'down' });
    expect(at.log.join(' ')).toContain('wrong: a note record is left out');
  });

  test('records that cannot be taken are counted, in the log and in health, for an hour', async () => {
    const looked = Promise.withResolvers<void>();
    const undated = ['1', '2', '3', '4', '5'].map((key) => ({ ...note('a', key), at: 'yesterday' }));
    const a = sourceOf(
      'a',
      async function* (_since, _signal, count) {
        if (count > 1) return;
        yield { ...batchOf('a', []), records: [...undated, note('a', 'fine')] };
        await looked.promise;
      },
      4_000,
    );
    await using at = floor([a]);
    await expect.poll(() => at.keys()).toEqual(['a/note/fine']);
    expect(at.log).toHaveLength(4);
    expect(at.log.at(-1)).toBe('a: 2 more of the same batch are left out.');
    const problem = expect.stringMatching(/5 since the start.*a note record is left out: at expected/);
    expect(at.intake.health()).toMatchObject([{ state: 'degraded', problem }]);
    looked.resolve();
    await expect.poll(() => a.reads).toBeGreaterThan(1);
    expect(at.intake.health()).toMatchObject([{ state: 'up', problem: null }]);
  });

  test('a pushed source that ends is opened again, without a gap of ours', async () => {
    const source = sourceOf(
      'machines',
      async function* (_since, signal, count) {
        yield batchOf('machines', [`m${count}`]);
        if (count === 2) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      null,
    );
    await using at = floor([source]);
    await expect.poll(() => at.keys()).toEqual(['machines/note/m1', 'machines/note/m2']);
    expect(at.intake.health()[0]?.state).toBe('up');
  });

  test('what a listener throws is logged and changes nothing', async () => {
    const source = sourceOf('erp', async function* (_since, _signal, count) {
      yield batchOf('erp', [`a${count}`]);
    });
    await using at = floor([source], {
      onRecorded: () => {
        throw new Error('deaf');
      },
    });
    await expect.poll(() => at.recorded.length).toBeGreaterThan(1);
    expect(at.log[0]).toBe('After recording erp: deaf');
  });

  test('close ends reads that go on, and closes each source once', async () => {
    let ended = false;
    const source = sourceOf(
      'machines',
      async function* (_since, signal) {
        yield batchOf('machines', ['m']);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        ended = true;
      },
      null,
    );
    const at = floor([source]);
    await expect.poll(() => at.recorded.length).toBe(1);
    await at.intake.close();
    await expect.poll(() => ended).toBe(true);
    expect(source.closed).toBe(1);
    expect(source.reads).toBe(1);
  });
});
