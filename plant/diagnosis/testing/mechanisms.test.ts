import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf, signal } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands, packerHeld } from './ten.ts';

const plant = bottlingPlant({
  systems: [{ id: 'label-server', name: 'label server', serves: ['line-3.labeller', 'line-3.packer'] }],
});
const crew = (s: number, present: number): PlantRecord =>
  recordOf('crew', s, 'line-3', { source: 'mes', key: `line-3@${at(s)}`, present, planned: 4 });
const jamAlarm = (on: number, off: number, acknowledged: number | null): PlantRecord[] => {
  const fields = { alarm: 'F1', text: 'Jam at infeed', active: true, severity: 700 };
  return [
    recordOf('alarm', on, 'line-3.capper', { ...fields, acknowledged: false }),
    ...(acknowledged === null
      ? []
      : [
          recordOf('alarm', on, 'line-3.capper', {
            ...fields,
            acknowledged: true,
            version: 'acknowledged',
            observedAt: at(acknowledged),
          }),
        ]),
    recordOf('alarm', off, 'line-3.capper', { ...fields, active: false, acknowledged: true }),
  ];
};

describe('a jam that nobody saw', () => {
  const capper = draw('line-3', capperStands('H'));

  it('is a post without cover where people were missing and nobody acknowledged it for long', () => {
    const records = [calmBusiness(), capper, crew(200, 3), crew(630, 4), jamAlarm(300, 662, 640)];
    const found = diagnose(caseOf({ plant, records }));
    expect(found).toMatchObject({ cause: 'no_operator', place: 'line-3.capper', abstained: false });
  });

  it('is a jam where somebody acknowledged it at once, although one was missing', () => {
    const records = [calmBusiness(), capper, crew(200, 3), jamAlarm(300, 662, 330)];
    expect(diagnose(caseOf({ plant, records }))).toMatchObject({ cause: 'infeed_jam' });
  });

  it('is a jam where it took long but nobody was missing', () => {
    const records = [calmBusiness(), capper, jamAlarm(300, 662, 640)];
    expect(diagnose(caseOf({ plant, records })).candidates[0]?.cause).toBe('infeed_jam');
  });
});

it.each([
  ['the one nearer to the end where they stood at once', 'E'.repeat(30) + 'H'.repeat(35), ['packer']],
  ['the one that stood first', 'E'.repeat(27) + 'H'.repeat(38), ['labeller', 'packer']],
])('takes two machines that wait for one system as one stop, and tells %s', (_, labeller, way) => {
  const rows = `
    capper     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    labeller   ${labeller}
    packer     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
    palletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS`;
  const records = [
    calmBusiness(),
    draw('line-3', rows),
    alarm(labeller.indexOf('H') * 10 - 2, 'line-3.labeller', 'T1', 'Label data timeout'),
    alarm(299, 'line-3.packer', 'T2', 'Host handshake timeout'),
    recordOf('system', 260, 'label-server', { source: 'mes', component: 'label server', event: 'down' }),
  ];
  const found = diagnose(caseOf({ plant, records }));
  expect(found).toMatchObject({ cause: 'system_no_answer', place: 'label-server', machine: null });
  const places = ['label-server', ...[...way, 'palletizer'].map((name) => `line-3.${name}`)];
  expect(found.chain.map(({ from, to }) => [from, to])).toEqual(
    places.slice(1).map((to, index) => [places[index], to]),
  );
});

it('does not take a short stop some minutes earlier for this one', () => {
  const rows = `
    filler     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHH
    capper     EEEEEEEEEEHHHHHHHHEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHH
    labeller   EEEEEEEEEEEEESSSSSSEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHH
    packer     EEEEEEEEEEEEEEEESSSSEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHH
    palletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHH`;
  const records = [
    calmBusiness(),
    draw('line-3', rows),
    alarm(101, 'line-3.capper', 'F1', 'Jam at infeed', 182),
    ...['filler', 'capper', 'packer'].map((name) => alarm(500, `line-3.${name}`, 'P1', 'Air pressure low')),
  ];
  const found = diagnose(caseOf({ plant, records }));
  expect(found).toMatchObject({ cause: 'compressed_air_low', place: 'compressed-air', machine: null });
});

it('does not take the pressure inside a machine that stands for a lack of air', () => {
  const records = [
    calmBusiness(),
    draw('line-3', packerHeld),
    alarm(301, 'line-3.packer', 'F201', 'Infeed jam', 640),
  ];
  const inside = signal('line-3.packer', 'pressure', 'bar', 4, (s) => (s > 300 ? 3.2 : 4));
  const found = diagnose(caseOf({ plant, records, signals: [inside] }));
  const air = found.candidates.find(({ cause }) => cause === 'compressed_air_low');
  expect(found.cause).toBe('infeed_jam');
  expect(air?.p ?? 0).toBeLessThan(0.02);
});

it('blames the changeover that ran over, not a jam that was cleared before the line ran empty', () => {
  const rows = `
    filler     EEEEEEEEEHHHHHHHHEEEEEEECCCCCCCUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU
    capper     EEEEEEEEEEEESSSSSSSEEEEEECCCCCCUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU
    palletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU`;
  const records = [
    calmBusiness(),
    draw('line-3', rows, { stepS: 30 }),
    alarm(271, 'line-3.filler', 'F1', 'Jam at infeed', 510),
    recordOf('calendar', 900, 'line-3', { activity: 'changeover', from: at(900), to: null, standardS: 600 }),
  ];
  const spike = signal('line-3.filler', 'torque', 'Nm', 30, (s) => (s === 260 || s === 270 ? 60 : 30));
  expect(diagnose(caseOf({ plant, records, signals: [spike], nowS: 2400 }))).toMatchObject({
    cause: 'changeover_overrun',
    place: 'line-3',
    machine: null,
  });
});

it('a level at the bottom is a consumable at a machine that is held, and not at one that waits for what comes in', () => {
  const described = bottlingPlant(
    {},
    { supply: [{ id: 'roastery', name: 'roastery', at: 'line-3.filler' }] },
  );
  const signals = [signal('line-3.filler', 'hopper_level', '%', 60, (s) => Math.max(2, 60 - s / 5))];
  const low = alarm(300, 'line-3.filler', 'L1', 'Hopper empty');
  const stands = (letter: string): string => `
    filler       ${'E'.repeat(30)}${letter.repeat(36)}EEE
    capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
    palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE`;
  const causeOf = (letter: string): string => {
    const records = [calmBusiness(), draw('line-3', stands(letter)), low];
    return diagnose(caseOf({ plant: described, records, signals })).cause;
  };
  expect(causeOf('H')).toBe('consumable_empty');
  expect(causeOf('S')).not.toBe('consumable_empty');
});

it('the pressure of what a machine doses is not that of the air, unless its name says so', () => {
  const shareOf = (name: string): number => {
    const signals = [signal('line-3.capper', name, 'bar', 1.8, (s) => (s > 240 ? 0.8 : 1.8))];
    const records = [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      alarm(300, 'line-3.capper', 'Z1', 'Zeta'),
    ];
    const found = diagnose(caseOf({ plant: bottlingPlant({ utilities: [] }), records, signals }));
    return found.candidates.find(({ cause }) => cause === 'compressed_air_low')?.p ?? 0;
  };
  expect(shareOf('air_pressure')).toBeGreaterThan(3 * shareOf('glue_pressure'));
});

it('a limit of a control point that was not kept is a failed check of the product', () => {
  const limit = recordOf('quality', 295, 'line-3.capper', {
    source: 'mes',
    key: 'CCP-1',
    event: 'limit',
    subject: 'CCP 1',
    text: 'F0 11.2 < 15',
  });
  const records = [calmBusiness(), draw('line-3', capperStands('H')), limit];
  const ranked = diagnose(caseOf({ plant, records })).candidates.filter(
    ({ cause }) => cause !== 'other' && cause !== 'unknown',
  );
  expect(ranked[0]).toMatchObject({ cause: 'ccp_failed', place: 'line-3.capper' });
});
