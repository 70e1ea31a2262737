import { expect, test } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { clocksOf } from './clocks.ts';
import type { SourceCoverage } from '../stop-case.ts';

const start = Date.parse('2026-11-20T13:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();
/** Four states of a machine, a minute apart, each read so many seconds after its own time. */
const states = (machine: string, lateS: number): PlantRecord[] =>
  [0, 1, 2, 3].map((minute) => ({
    kind: 'state',
    source: 'machines',
    key: `${machine}@${minute}`,
    version: '',
    equipment: machine,
    at: iso(start + minute * 60_000),
    observedAt: iso(start + minute * 60_000 + lateS * 1_000),
    quality: 'good',
    state: minute % 2 === 0 ? 'Execute' : 'Held',
    waiting: null,
    raw: '',
    mode: null,
  })) as PlantRecord[];
const coverage = (clockOffsetMs: number | null): SourceCoverage[] => [
  {
    source: 'machines',
    system: 'OPC UA',
    kinds: ['state'],
    state: 'up',
    lastRecordAt: start,
    clockOffsetMs,
    gaps: [],
  },
];
const shiftS = (records: PlantRecord[], offset: number | null, machine = 'filler') =>
  clocksOf(records, coverage(offset)).shift(machine, 'machines') / 1_000;

test('records of all machines that come 40 s late tell a clock, where nobody measured it', () => {
  expect(shiftS([...states('filler', 40), ...states('capper', 41)], null)).toBe(40);
});

test('with a clock that was measured they tell of a slow way, as after a lost connection', () => {
  expect(shiftS([...states('filler', 120), ...states('capper', 121)], 300)).toBeCloseTo(-0.3);
});

test('and one machine that is later than the others has a clock of its own', () => {
  const records = [...states('filler', 160), ...states('capper', 120), ...states('packer', 121)];
  expect(shiftS(records, 0)).toBe(39);
  expect(shiftS(records, 0, 'capper')).toBeCloseTo(0);
});
