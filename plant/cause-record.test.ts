import { describe, expect, it } from 'vitest';
import type { CauseRecord } from './cause-record.ts';
import { causeRecord, causeRecordOf, confirmed, confirmedCauseOf, refuted } from './cause-record.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { ten, tripped, uncovered } from './diagnosis/testing/ten.ts';

const recordOf = (tell: typeof tripped): CauseRecord => {
  const { case: given } = tell();
  return causeRecordOf(diagnose(given), given.plant, { order: '1001', unitsLost: 600 });
};
const trip = recordOf(tripped);
const at = '2026-11-17T10:00:00.000Z';
const asked = (record: CauseRecord): string[] => record.d4_root.whys.map(({ why }) => why);

describe.each(Object.entries(ten))('the record of %s', (_, tell) => {
  const record = recordOf(tell);
  it('keeps to its shape, proposes the cause and asks on from the line to it', () => {
    expect(causeRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(record.d4_root).toMatchObject({ cause_id: tell().cause, status: 'proposed', confirmed_by: null });
    expect(asked(record)[0]).toBe('Why did line 3 stop?');
    expect(new Set(asked(record)).size).toBe(asked(record).length);
  });
  it('answers no why without a record that the diagnosis shows', () => {
    const shown = new Set(diagnose(tell().case).evidence.map(({ id }) => id));
    for (const one of record.d4_root.whys) {
      expect(one.because === null).toBe(one.evidence_id === null);
      expect(one.evidence_id === null || shown.has(one.evidence_id)).toBe(true);
    }
  });
});

it('keeps what was seen apart from what it is put down to', () => {
  expect(trip.d2_problem).toMatchObject({
    machine: 'line-3.palletizer',
    observed_loss: 'minor_stop',
    order: '1001',
    units_lost: 600,
  });
  expect(trip.attributed_to).toEqual({ place: tripped().place, class: 'machine' });
  expect(trip.hypotheses[0]).toMatchObject({ cause_id: 'drive_trip', fishbone: 'machine' });
});

it('reads as a person would ask', () => {
  expect(trip.d4_root.whys.map(({ why, because }) => [why, because])).toEqual([
    ['Why did line 3 stop?', 'the palletizer ran out of product'],
    ['Why did the palletizer run out of product?', 'the packer ran out of product'],
    ['Why did the packer run out of product?', 'the labeller ran out of product'],
    ['Why did the labeller run out of product?', 'the capper stood'],
    ['Why did the capper stand?', 'the drive of the capper tripped'],
  ]);
});

it('never ends with people: the way of working behind them is asked for and stays open', () => {
  expect(recordOf(uncovered).d4_root.whys.at(-1)).toEqual({
    why: 'What in the method, the plan or the measurement made that possible?',
    because: null,
    evidence_id: null,
  });
});

it('refuses a why that is answered without a record', () => {
  const whys = [{ why: 'Why?', because: 'somebody forgot it', evidence_id: null }];
  expect(causeRecord.safeParse({ ...trip, d4_root: { ...trip.d4_root, whys } }).success).toBe(false);
});

describe('when a person says what it was', () => {
  it('seals what was proposed with the role', () => {
    const { cause_id: cause, place } = trip.d4_root;
    const sealed = confirmed(trip, { cause, place, by: 'supervisor', at });
    expect(sealed.d4_root).toEqual({
      ...trip.d4_root,
      status: 'confirmed',
      confirmed_by: 'supervisor',
      confirmed_at: at,
    });
  });

  it('takes another cause at the same place: the way stays, the last why only by its own records', () => {
    const sealed = confirmed(trip, {
      cause: 'bad_lot',
      place: trip.d4_root.place,
      by: 'maintenance',
      at,
    });
    expect(sealed.d4_root).toMatchObject({
      cause_id: 'bad_lot',
      class: 'material',
      instead_of: { cause_id: 'drive_trip', place: trip.d4_root.place },
    });
    expect(sealed.attributed_to.class).toBe('material');
    expect(asked(sealed)).toEqual(asked(trip));
    expect(() => causeRecord.parse(sealed)).not.toThrow();
  });

  it('takes another place: nothing of the old way is told', () => {
    const sealed = confirmed(trip, { cause: 'infeed_jam', place: 'line-3.filler', by: 'supervisor', at });
    expect(sealed.d4_root.whys).toEqual([{ why: 'Why did line 3 stop?', because: null, evidence_id: null }]);
  });

  it('can be refused without another cause', () => {
    expect(refuted(trip, { by: 'quality', at }).d4_root.status).toBe('refuted');
  });
});

describe('what the priors learn', () => {
  it('is nothing before a person confirmed it', () => {
    expect(confirmedCauseOf(trip, tripped().case.plant)).toBeNull();
  });

  it('is the cause with the machine and the alarm that came first there', () => {
    const { cause_id: cause, place } = trip.d4_root;
    const sealed = confirmed(trip, { cause, place, by: 'supervisor', at });
    expect(confirmedCauseOf(sealed, tripped().case.plant)).toMatchObject({
      line: 'line-3',
      machine: 'line-3.capper',
      machineClass: 'capper',
      cause: 'drive_trip',
      firstAlarm: trip.first_alarms.find(({ equipment }) => equipment === 'line-3.capper')?.alarm,
    });
    expect(confirmedCauseOf(sealed, tripped().case.plant)?.firstAlarm).toMatch(/./);
  });
});
