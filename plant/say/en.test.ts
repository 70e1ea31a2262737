import { describe, expect, it } from 'vitest';
import { lossPareto } from '../losses.ts';
import type { Stop } from '../stop.ts';
import * as en from './en.ts';
import { sentencesIn } from './index.ts';
import { expectGrounded, line3, now, plant, stop } from './testing/stop.ts';

describe('what Andon says in English', () => {
  it('rejects a false premise and says where no data is', () => {
    const at = Date.parse('2026-11-20T12:20:00Z');
    const rejected = en.sayPremiseRejected(
      {
        line: line3,
        asked: { at },
        since: '2026-11-20T10:00:00Z',
        evidence: ['machines/state/9'],
        nearest: { ...stop, evidence: ['machines/state/8'] },
      },
      plant,
      { now },
    );
    expect(rejected.firstLine).toBe(
      'Line 3 did not stop at 13:20: it was running. It had been running since 11:00.',
    );
    expect(rejected.claims.map(({ evidence }) => evidence)).toEqual([
      ['machines/state/9'],
      ['machines/state/8'],
    ]);
    expectGrounded(rejected);
    const gap = {
      from: at - 600_000,
      to: at + 600_000,
      system: 'OPC UA',
      reason: 'connection lost',
      evidence: 'machines/gap/1',
    };
    const unknown = en.sayNoData({ line: line3, asked: { at }, gaps: [gap], nearest: null }, plant, { now });
    expect(unknown.firstLine).toBe(
      'There is no data about Line 3 from 13:10 to 13:30, so it cannot be said whether it stopped at 13:20.',
    );
    expectGrounded(unknown);
  });

  it('tells stops with where the time went', () => {
    const stops: Stop[] = [
      stop,
      {
        ...stop,
        id: 'b',
        from: '2026-11-20T09:00:00Z',
        to: '2026-11-20T09:04:00Z',
        durationS: 240,
        loss: 'minor_stop',
      },
      {
        ...stop,
        id: 'c',
        from: '2026-11-20T08:00:00Z',
        to: '2026-11-20T08:30:00Z',
        durationS: 1800,
        loss: 'planned',
        planned: true,
      },
    ];
    const said = en.sayStops(
      {
        lines: ['line-3'],
        from: now - 86_400_000,
        to: now,
        stops,
        shown: stops.slice(0, 2),
        pareto: lossPareto(stops),
      },
      plant,
      { now },
    );
    expect(said.firstLine).toBe(
      'Line 3 had 2 unplanned stops from yesterday 14:30 to 14:30, 15 minutes in all.',
    );
    expect(said.text).toContain(
      'Where the time went:\n- planned stops: 30 minutes in 1 stop\n- breakdowns: 11 minutes in 1 stop',
    );
    expectGrounded(said);
  });

  it('falls back to English for a language without a file', () => {
    expect(sentencesIn('de').saySourceHealth([], plant, { now }).firstLine).toBe('No source is configured.');
  });
});
