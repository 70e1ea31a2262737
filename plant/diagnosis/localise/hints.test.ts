import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { failingOf, kindOfUtility } from './hints.ts';
import { sceneOf } from '../scene.ts';
import { calmBusiness, caseOf, note, signal } from '../testing/cases.ts';
import { alarm, draw, recordOf } from '../testing/drawing.ts';
import { bottlingPlant, lineOf, plantOf } from '../testing/plants.ts';
import { capperStands } from '../testing/ten.ts';

const served = (kind: string, more: Record<string, unknown> = {}) => ({
  id: 'medium',
  name: 'medium',
  kind,
  serves: ['line-3.capper'],
  ...more,
});
const plantWith = (utility: Record<string, unknown>) => bottlingPlant({ utilities: [utility] });
/** Calm until the third minute, then it falls to `to` within two minutes. */
const falls =
  (usual: number, to: number) =>
  (s: number): number =>
    s < 120 ? usual * (1 + 0.005 * Math.sin(s)) : Math.max(to, usual - ((usual - to) * (s - 120)) / 120);

it('lies with the vacuum whose own value had gone, though no cause of the catalogue is one of vacuum', () => {
  const given = caseOf({
    plant: plantWith(served('vacuum')),
    records: [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      alarm(301, 'line-3.capper', 'V1', 'Suction cups hold nothing'),
    ],
    signals: [signal('medium', 'pressure', 'mbar', 400, falls(400, 120))],
  });
  expect(diagnose(given)).toMatchObject({ cause: 'other', place: 'medium', machine: null });
});

it('takes what a utility gives for failing, not how much of it is taken', () => {
  const failing = (name: string, unit: string): string[] => {
    const records = [calmBusiness(), draw('line-3', capperStands('H'))];
    const signals = [signal('medium', name, unit, 70, falls(70, 20))];
    return [...failingOf(sceneOf(caseOf({ plant: plantWith(served('steam')), records, signals }))).keys()];
  };
  expect([failing('pressure', 'bar'), failing('flow', 'm3/h'), failing('motor_current', 'A')]).toEqual([
    ['medium'],
    [],
    [],
  ]);
});

it.each([
  ['other', 'Ammonia plant', 'chilled_water'],
  ['other', 'Kälteanlage', 'chilled_water'],
  ['other', 'Groupe froid 2', 'chilled_water'],
  ['gas', 'Nitrogen', 'gas'],
  ['other', 'Central hydraulics', 'other'],
  ['steam', 'Cooling steam', 'steam'],
] as const)('a utility listed as %s and called %s is of the kind %s', (kind, name, read) => {
  const [utility] = plantWith(served(kind, { name })).utilities;
  expect(utility && kindOfUtility(utility)).toBe(read);
});

describe('a first machine that gets nothing, while stock is there', () => {
  const supply = [{ id: 'yard', name: 'yard', at: 'line-3.depalletizer' }];
  const rows = `
    depalletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
    rinser       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
    filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
    palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSEEE`;
  const withNote = (...texts: string[]) =>
    diagnose(
      caseOf({
        plant: bottlingPlant({}, { supply }),
        records: [
          calmBusiness(),
          draw('line-3', rows),
          recordOf('downtime_event', 420, 'line-3', {
            source: 'mes',
            key: 'l3@420',
            status: 'Idle',
            category: 'idle',
            from: '2026-11-17T08:37:00.000Z',
          }),
          ...texts.map((text) => note(500, text, 'yard')),
        ],
      }),
    );
  const ofLate = ({ candidates }: ReturnType<typeof diagnose>) =>
    candidates.find(({ cause }) => cause === 'upstream_late')?.p ?? 0;

  it('is the place before the line where somebody wrote from there that nothing comes', () => {
    const found = withNote('waiting for the loader, it has a flat tyre');
    expect(found).toMatchObject({ cause: 'upstream_late', place: 'yard', abstained: false });
  });

  it('is no more so by a note that says nothing of it', () => {
    expect(ofLate(withNote('yard swept, all clean'))).toBeCloseTo(ofLate(withNote()), 2);
    expect(ofLate(withNote())).toBeGreaterThan(0.1);
  });
});

it('does not take a stand that follows a neighbour for the same trouble again', () => {
  const rows = `
    labeller     EEEEEEEEEEEHHEEEEEEEEEEEEEHHEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE
    packer       RRRRRRRRRRRXXRRRRRRRRRRRRRXXRRRRRRRRRRRRRRXXXXXXXXXXXXXXXXXXXXXXXRRR
    palletizer   RRRRRRRRRRRRXXRRRRRRRRRRRRRXXRRRRRRRRRRRRRRXXXXXXXXXXXXXXXXXXXXXXRRR`;
  const given = caseOf({
    plant: plantOf([lineOf('line-3', 'labeller > packer > palletizer', { reference: 'line-3.packer' })]),
    records: [
      calmBusiness(),
      draw('line-3', rows, { stepS: 20, skewS: { packer: 10, palletizer: 20 } }),
      alarm(870, 'line-3.packer', 'C7', 'Case jam compression section'),
    ],
  });
  const causes = diagnose(given)
    .candidates.filter(
      ({ place, cause }) => place === 'line-3.packer' && cause !== 'other' && cause !== 'unknown',
    )
    .map(({ cause }) => cause);
  expect(causes[0]).toBe('infeed_jam');
});

/** A bowl without a name in its alarm, and nothing left of what was last put in place there. */
const bowlEmpty = (supply: readonly Record<string, unknown>[]) =>
  caseOf({
    plant: bottlingPlant({}, { supply }),
    records: [
      calmBusiness('line-3', 0),
      draw('line-3', capperStands('H')),
      recordOf('lot', -900, 'line-3.capper', {
        source: 'mes',
        key: 'L-2',
        lot: 'L-2',
        material: 'CAP28',
        status: 'In use',
        event: 'started',
      }),
      alarm(301, 'line-3.capper', 'B1', 'Feeder bowl empty'),
    ],
  });

it('knows by the lot in place at the machine which component its empty bowl lacks', () => {
  expect(diagnose(bowlEmpty([]))).toMatchObject({ cause: 'component_stockout', place: 'line-3.supply' });
});

it('has it missing at the machine where the plant describes a supply that brings something else', () => {
  const tank = { id: 'syrup-tank', name: 'syrup tank', at: 'line-3.filler' };
  expect(diagnose(bowlEmpty([tank]))).toMatchObject({ cause: 'component_stockout', place: 'line-3.capper' });
});

const zonePlant = plantOf([lineOf('line-3', 'oven > topping > packer', { capacity: 0 })], { systems: [] });

it('begins a stop of a whole safety zone at the machine whose alarm names what opened it', () => {
  const rows = `
    oven    EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAAAAAAEEE
    topping EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAAAAAAEEE
    packer  EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSEE`;
  const given = caseOf({
    plant: zonePlant,
    records: [
      calmBusiness(),
      draw('line-3', rows),
      alarm(300, 'line-3.oven', '1101', 'E-stop zone 1'),
      alarm(300, 'line-3.topping', '1100', 'Pull cord left side'),
    ],
  });
  expect(diagnose(given)).toMatchObject({ cause: 'safety_stop', place: 'line-3.topping' });
});

it('takes nodes lost at once for the cause of the safety circuit that opens a second later', () => {
  const given = caseOf({
    plant: bottlingPlant(),
    records: [
      calmBusiness(),
      draw('line-3', capperStands('A')),
      alarm(300, 'line-3.capper', '4001', 'Profinet node 12 lost'),
      alarm(300, 'line-3.capper', '4002', 'Profinet node 13 lost'),
      alarm(301, 'line-3.capper', '1180', 'E-stop chain not OK'),
    ],
  });
  expect(diagnose(given)).toMatchObject({ cause: 'comms_loss', place: 'line-3.capper' });
});
