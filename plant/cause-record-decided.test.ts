import { describe, expect, it } from 'vitest';
import { causeRecord, causeRecordOf } from './cause-record.ts';
import { withDecisions } from './cause-record-decided.ts';
import type { Decision } from './decision.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { tripped } from './diagnosis/testing/ten.ts';
import { iso, millis } from './time.ts';

const { case: given } = tripped();
const record = causeRecordOf(diagnose(given), given.plant);
const { start, end } = record.d2_problem;
const minutesAfter = (time: string | null, minutes: number): string =>
  iso(millis(time ?? '') + minutes * 60_000);

const decided = (change: Partial<Decision>): Decision => ({
  id: 'd-1',
  revision: 1,
  status: 'confirmed',
  line: record.d2_problem.line,
  equipment: null,
  exception: 'x-1',
  cause: 'drive_trip',
  whatHappened: 'the line stood',
  constraint: 'A tripped drive that is only reset trips again.',
  options: ['Call maintenance', 'Run slower'],
  response: 'Call maintenance',
  steps: [],
  tradeoffs: ['less output'],
  proposedBy: 'operator',
  decidedBy: 'supervisor',
  decidedAt: minutesAfter(start, 2),
  validFrom: minutesAfter(start, 1),
  validTo: null,
  outcome: null,
  source: { surface: 'web', place: null, link: null },
  recordedAt: minutesAfter(start, 2),
  ...change,
});
const outcome = (status: NonNullable<Decision['outcome']>['status']): Decision['outcome'] => ({
  status,
  text: '',
  minutesToRun: 4,
  at: minutesAfter(end, 30),
});
const lasting = decided({
  id: 'd-2',
  response: 'Change the bearing every half year',
  options: [],
  validFrom: minutesAfter(end, 60),
  decidedAt: minutesAfter(end, 61),
});

describe('what people decided about a stop stands in its cause record', () => {
  it('keeps to the shape of the record', () => {
    const full = withDecisions(record, [decided({ outcome: outcome('worked') }), lasting]);
    expect(causeRecord.parse(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  it('is nothing without a confirmed decision', () => {
    const open = (['proposed', 'rejected', 'lapsed', 'revoked'] as const).map((status) =>
      decided({ status }),
    );
    expect(withDecisions(record, open)).toEqual(record);
  });

  it('is the containment while the line stood, and the choice with what it was weighed against', () => {
    expect(withDecisions(record, [decided({})])).toMatchObject({
      d3_containment: [
        { action: 'Call maintenance', by: 'supervisor', at: minutesAfter(start, 2), until: null },
      ],
      d5_choice: {
        response: 'Call maintenance',
        alternatives: ['Run slower'],
        constraint: 'A tripped drive that is only reset trips again.',
        tradeoff: 'less output',
      },
      d6_outcome: null,
      d7_prevent: null,
    });
  });

  it.each([
    ['worked', true],
    ['partly', false],
    ['failed', false],
    ['unknown', null],
  ] as const)(
    'has the outcome "%s" as people said it, and the time that was measured',
    (status, effective) => {
      expect(withDecisions(record, [decided({ outcome: outcome(status) })]).d6_outcome).toEqual({
        checked_at: minutesAfter(end, 30),
        effective,
        minutes_to_run: 4,
        recurrence_of: null,
      });
    },
  );

  it('is the permanent action where it was made afterwards and has no end', () => {
    expect(withDecisions(record, [decided({}), lasting])).toMatchObject({
      d3_containment: [{ action: 'Call maintenance' }],
      d5_choice: { response: 'Change the bearing every half year' },
      d7_prevent: 'Change the bearing every half year',
    });
  });

  it.each([
    ['with an end', { validTo: minutesAfter(end, 600) }],
    ['that failed', { outcome: outcome('failed') }],
  ])('is no permanent action %s', (_, change) => {
    expect(withDecisions(record, [{ ...lasting, ...change }]).d7_prevent).toBeNull();
  });

  it('names no role that is none', () => {
    const [done] = withDecisions(record, [decided({ decidedBy: 'Sam' })]).d3_containment;
    expect(done).toMatchObject({ action: 'Call maintenance', by: null });
  });
});
