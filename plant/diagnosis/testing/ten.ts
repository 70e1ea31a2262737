import type { StopCase } from '../stop-case.ts';
import { calmBusiness, caseOf, note, signal } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';

type Told = { case: StopCase; cause: string; place: string; machine: string | null };

const plant = bottlingPlant();
const steady =
  (usual: number) =>
  (s: number): number =>
    usual * (1 + 0.01 * Math.sin(s));

/** The packer stands from second 300 on; what comes after it starves, what comes before it is blocked. */
export const packerHeld = `
  depalletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBEEE
  rinser       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBEEE
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBEEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEE`;

/** The capper stands from second 300 on. `letter`: in which state. */
export const capperStands = (letter: string): string => `
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEE${letter.repeat(36)}EEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSEE`;

/** Everything starves behind the first machine, which gets nothing. */
const supplyEmpty = `
  depalletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  rinser       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSEEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSEEE`;

/** The last machine cannot get rid of its pallets. */
const dispatchFull = `
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBEEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBEEE`;

/** All machines idle within half a minute, none with a fault. */
const allIdle = `
  depalletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  rinser       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIEEE`;

const airDip = `
  rinser       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHEEE
  filler       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEEE
  capper       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHEEE
  labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE
  packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHEEE
  palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE`;

const labellerHeld = packerHeld
  .replace(/labeller.*\n/, 'labeller EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHEEE\n')
  .replace(/packer .*\n/, 'packer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE\n');

const torque = (spikeAt: number | null) =>
  signal('line-3.packer', 'torque', 'Nm', 20, (s) =>
    spikeAt !== null && s >= spikeAt - 10 && s <= spikeAt ? 55 : s > 300 ? 0 : steady(20)(s),
  );

export const jam = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', packerHeld),
      alarm(301, 'line-3.packer', 'F201', 'Infeed jam lane 2', 640),
      note(700, 'cleared packer'),
    ],
    signals: [torque(300)],
  }),
  cause: 'infeed_jam',
  place: 'line-3.packer',
  machine: 'line-3.packer',
});

export const tripped = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', capperStands('A')),
      alarm(301, 'line-3.capper', 'E77', 'Hauptantrieb: Umrichter Überstrom', 640),
    ],
    signals: [
      signal(
        'line-3.capper',
        'vibration',
        'mm/s',
        2,
        (s) => (s > 300 ? 0 : 2 + Math.max(0, s) / 150),
        900,
        -600,
      ),
    ],
  }),
  cause: 'drive_trip',
  place: 'line-3.capper',
  machine: 'line-3.capper',
});

/** The same, and the mechanic came forty minutes after the call. */
export function trippedAndWaited(): Told {
  const told = tripped();
  const call = recordOf('maintenance', 320, told.place, {
    key: '8812',
    order: '8812',
    text: 'machine down',
    status: 'done',
    requested: at(320),
    arrived: at(320 + 40 * 60),
    done: at(320 + 50 * 60),
  });
  return { ...told, case: { ...told.case, records: [...told.case.records, call] } };
}

export const capsEmpty = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      alarm(240, 'line-3.capper', 'W12', 'Cap hopper low', 640),
      note(660, 'had to wait for forklift w caps'),
    ],
    signals: [signal('line-3.capper', 'cap_level', '%', 60, (s) => Math.max(0, 60 - s / 5))],
  }),
  cause: 'consumable_empty',
  place: 'line-3.capper',
  machine: 'line-3.capper',
});

export const stockOut = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness('line-3', 0),
      draw('line-3', supplyEmpty),
      alarm(302, 'line-3.depalletizer', 'S1', 'Lack of infeed', 640),
    ],
  }),
  cause: 'component_stockout',
  place: 'line-3.supply',
  machine: null,
});

export const held = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', allIdle),
      recordOf('lot', 280, 'line-3', {
        source: 'mes',
        key: 'B-9',
        lot: 'B-9',
        material: 'WATER-05',
        status: 'Hold',
        held: true,
      }),
      note(650, 'lab said wait'),
    ],
  }),
  cause: 'quality_hold',
  place: 'line-3',
  machine: null,
});

export const uncovered = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      recordOf('crew', 200, 'line-3', { source: 'mes', present: 3, planned: 4 }),
      alarm(301, 'line-3.capper', 'M3', 'Operator required', 650),
    ],
  }),
  cause: 'no_operator',
  place: 'line-3.capper',
  machine: 'line-3.capper',
});

export const overran = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', allIdle.replaceAll('I', 'U'), { stepS: 60 }),
      recordOf('calendar', 1800, 'line-3', {
        activity: 'changeover',
        from: at(1800),
        to: at(3900),
        standardS: 1200,
        order: '1002',
      }),
      note(3000, 'star wheel for 0.5 missing'),
    ],
  }),
  cause: 'changeover_overrun',
  place: 'line-3',
  machine: null,
});

export const airLow = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', airDip),
      alarm(301, 'line-3.filler', 'A9', 'Ventilinsel: Luftdruck zu niedrig', 640),
      alarm(302, 'line-3.packer', 'F3', 'Gripper not closed', 640),
    ],
    signals: [signal('compressed-air', 'pressure', 'bar', 6.2, (s) => (s > 280 && s < 600 ? 4.1 : 6.2))],
  }),
  cause: 'compressed_air_low',
  place: 'compressed-air',
  machine: null,
});

export const dockFull = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', dispatchFull),
      alarm(301, 'line-3.palletizer', 'P4', 'Pallet discharge full', 640),
      note(600, 'truck late again'),
    ],
  }),
  cause: 'dispatch_full',
  place: 'line-3.dispatch',
  machine: null,
});

export const serverSilent = (): Told => ({
  case: caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', labellerHeld),
      alarm(301, 'line-3.labeller', 'L8', 'Waiting for label data: timeout', 640),
      recordOf('system', 290, 'label-server', { source: 'mes', component: 'label server', event: 'down' }),
    ],
  }),
  cause: 'system_no_answer',
  place: 'label-server',
  machine: null,
});

/** The ten causes that can be told from what a plant's systems record, one case each. */
export const ten: Readonly<Record<string, () => Told>> = {
  jam,
  tripped,
  capsEmpty,
  stockOut,
  held,
  uncovered,
  overran,
  airLow,
  dockFull,
  serverSilent,
};
