import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { diagnosis } from '../diagnosis.ts';
import type { StopCase } from '../stop-case.ts';
import { coverageOf } from './cases.ts';
import { at, recordOf } from './drawing.ts';
import { jam, ten } from './ten.ts';

/** Same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const answers = (given: StopCase): ReturnType<typeof diagnose> => diagnosis.parse(diagnose(given));

describe('odd cases are answered, never thrown', () => {
  it('nothing at all is known', () => {
    const found = answers({ ...jam().case, records: [], signals: [], coverage: [] });
    expect(found).toMatchObject({ abstained: true, cause: 'unknown', place: null, chain: [] });
    expect(found.completeness.asOf).toBeNull();
  });

  it('every source is down', () => {
    const down = { state: 'down' as const, lastRecordAt: null };
    const coverage = coverageOf({ machines: down, erp: down, mes: down, notes: down });
    const found = answers({ ...jam().case, records: [], signals: [], coverage });
    expect(found.completeness.missing).toHaveLength(4);
    expect(found.abstained).toBe(true);
  });

  it.each(Object.entries(ten))('any half of the records of %s', (_, tell) => {
    const { case: given } = tell();
    for (let seed = 1; seed <= 25; seed++) {
      const next = random(seed);
      const records = given.records.filter(() => next() < 0.5);
      const signals = given.signals.filter(() => next() < 0.5);
      const found = answers({ ...given, records, signals });
      const known = new Set(found.evidence.map(({ id }) => id));
      for (const claim of found.claims) for (const id of claim.evidence) expect(known).toContain(id);
      expect(found.abstained).toBe(found.cause === 'unknown');
    }
  });

  it('times that jump, ends before beginnings, and empty texts', () => {
    const odd = [
      recordOf('downtime_event', 300, 'line-3', {
        source: 'mes',
        status: '',
        category: 'unknown',
        from: at(400),
        to: at(-4000),
      }),
      recordOf('gap', 300, null, { from: at(500), to: at(200), reason: '' }),
      recordOf('note', 310, null, { text: '' }),
      recordOf('alarm', 290, 'line-3.packer', { alarm: '', text: '', active: false }),
      recordOf('calendar', 0, 'line-3', { activity: 'changeover', from: at(90_000), to: at(-90_000) }),
      recordOf('maintenance', 300, 'line-9', {
        order: '',
        text: '',
        status: 'requested',
        requested: at(300),
      }),
      recordOf('state', 999_999, 'line-3.packer', { state: 'Unknown', raw: '' }),
    ];
    const { case: given } = jam();
    expect(answers({ ...given, records: [...given.records, ...odd] })).toMatchObject({
      machine: 'line-3.packer',
      cause: 'infeed_jam',
    });
  });

  it('a signal of one point, of none, and of constant zero', () => {
    const { case: given } = jam();
    const [torque] = given.signals;
    if (!torque) throw new Error('the case has a torque signal');
    const signals = [
      { ...torque, points: torque.points.slice(0, 1) },
      { ...torque, signal: 'current', points: [] },
      {
        ...torque,
        signal: 'force',
        baseline: { median: 0, mad: 0, count: 9 },
        points: torque.points.map(([time]) => [time, 0] as const),
      },
    ];
    expect(answers({ ...given, signals }).machine).toBe('line-3.packer');
  });
});
