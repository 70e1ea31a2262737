import type { Millis } from '../../plant/time.ts';
import { isRunning, isWarmer, limits, torqueOf } from './machine.ts';
import type { Condition, LineSim, MachineSim } from './model.ts';
import { standardS } from './phase.ts';

const standsBy = (machine: MachineSim, trip: MachineSim['trip']) =>
  machine.trip === trip && !isRunning(machine);
const waits = (machine: MachineSim, t: Millis) => machine.state === 'Suspended' && t - machine.since > 40_000;
const share = (machine: MachineSim) =>
  machine.magazine ? machine.magazine.quantity / machine.magazine.capacity : 1;
const any = () => true;

/** `{noun}`: what the machine's magazine holds. */
export const everydayConditions: Readonly<Record<string, Condition>> = {
  overload: {
    severity: 900,
    texts: ['Main drive overload', 'Motor protection switch M1 tripped', 'M1 overcurrent, drive fault F07'],
    onS: 0,
    offS: 1,
    has: any,
    is: ({ machine }) => standsBy(machine, 'drive'),
  },
  torque_high: {
    severity: 450,
    texts: ['Drive torque high', 'Main motor load warning', 'M1 I2t warning'],
    onS: 5,
    offS: 10,
    has: any,
    is: ({ machine, line }) => torqueOf(machine, line.product.load) > machine.of.torqueNm * 1.28,
  },
  infeed: {
    severity: 700,
    texts: ['Jam at infeed', 'Container blockage, infeed', 'Infeed light barrier covered too long'],
    onS: 0,
    offS: 2,
    has: any,
    is: ({ machine }) => machine.timers.stuck >= 3 || standsBy(machine, 'jam'),
  },
  magazine_low: {
    severity: 300,
    texts: ['{noun}: level low', 'Refill {noun}', '{noun} below minimum'],
    onS: 3,
    offS: 3,
    has: (machine) => machine.magazine !== null,
    is: ({ machine }) => share(machine) < 0.12,
  },
  magazine_empty: {
    severity: 650,
    texts: ['{noun} empty', 'No {noun} in chute', '{noun}: material end'],
    onS: 0,
    offS: 2,
    has: (machine) => machine.magazine !== null,
    is: ({ machine }) => share(machine) <= 0,
  },
  air: {
    severity: 700,
    texts: ['Air pressure low', 'Control air below minimum', 'Pneumatic supply fault'],
    onS: 1,
    offS: 3,
    has: (machine) => machine.minAir > 0,
    is: ({ machine, air }) => air.pressure < machine.minAir,
  },
  host: {
    severity: 600,
    texts: ['Label data timeout', 'Host handshake timeout', 'Waiting for print data'],
    onS: 0,
    offS: 2,
    has: (machine) => machine.of.asksHost === true,
    is: ({ machine }) => machine.timers.host >= 8 || standsBy(machine, 'host'),
  },
  lack: {
    severity: 200,
    texts: ['No product at infeed', 'Lack of containers', 'Infeed empty'],
    onS: 0,
    offS: 2,
    has: any,
    is: ({ machine, t }) => machine.starved && waits(machine, t),
  },
  tailback: {
    severity: 200,
    texts: ['Outfeed backed up', 'Tailback at discharge', 'Discharge full'],
    onS: 0,
    offS: 2,
    has: any,
    is: ({ machine, t }) => machine.blocked && waits(machine, t),
  },
  guide: {
    severity: 350,
    texts: ['Side guide position', 'Web tension out of range', 'Sensor B14 signal unstable'],
    onS: 0,
    offS: 0,
    has: any,
    is: () => false,
  },
  service: {
    severity: 150,
    texts: ['Lubrication interval exceeded', 'Controller battery low', 'Filter change due'],
    onS: 0,
    offS: 0,
    has: any,
    is: () => false,
  },
};

const seldom = (
  severity: number,
  onS: number,
  offS: number,
  texts: Condition['texts'],
  is: Condition['is'],
  has: Condition['has'] = any,
): Condition => ({ severity, texts, onS, offS, has, is });
const inspects = new Set(['checkweigher', 'tester', 'packer', 'cartoner']);

/** Conditions of the seldom faults. */
export const seldomConditions: Readonly<Record<string, Condition>> = {
  temp_high: seldom(
    400,
    5,
    20,
    ['Temperature high', 'Overtemperature', 'Temperature out of band'],
    ({ machine }) => isWarmer(machine, limits.hotWarning),
  ),
  hot: seldom(
    800,
    0,
    2,
    ['Thermal trip', 'Overtemperature stop', 'Temperature limit, drive off'],
    ({ machine }) => standsBy(machine, 'hot'),
  ),
  temp_low: seldom(
    500,
    5,
    10,
    ['Temperature low', 'Not at temperature', 'Heating below minimum'],
    ({ machine }) => machine.heat < machine.of.warmC * limits.coldWarning || standsBy(machine, 'cold'),
    (machine) => machine.holdsHeat && machine.of.warmC > 60,
  ),
  rejects: seldom(
    600,
    2,
    5,
    ['Reject rate', 'Too many rejects', 'Consecutive bad products'],
    ({ machine }) => machine.rejecting > limits.rejects * 0.75 || standsBy(machine, 'rejects'),
  ),
  guard: seldom(
    850,
    0,
    1,
    ['Guard open', 'Safety circuit open', 'Emergency stop chain'],
    // Whoever takes something out opens the guard for it.
    ({ machine, t }) =>
      machine.defects.guardOpen ||
      (machine.holdsGuard && machine.task?.trip === 'jam' && t > (machine.task.seenAt ?? Infinity)),
  ),
  comms: seldom(
    750,
    0,
    3,
    ['Drive not reachable', 'Bus node lost', 'Communication fault'],
    ({ machine }) => machine.defects.commsLost || standsBy(machine, 'comms'),
  ),
  comms_io: seldom(
    700,
    1,
    4,
    ['I/O island off', 'Module not ready', 'E/A station lost'],
    ({ machine }) => machine.defects.commsLost,
  ),
  comms_panel: seldom(
    500,
    2,
    2,
    ['Panel disconnected', 'Encoder signal', 'Bus panel offline'],
    ({ machine }) => machine.defects.commsLost,
  ),
  mismatch: seldom(
    600,
    0,
    2,
    ['Code mismatch', 'Wrong code read', 'Print check failed'],
    ({ machine }) => standsBy(machine, 'mismatch'),
    (machine) => machine.of.asksHost === true,
  ),
  test: seldom(
    550,
    0,
    2,
    ['Verification test', 'Test not passed', 'Release by quality required'],
    ({ machine }) => standsBy(machine, 'test'),
    (machine) => inspects.has(machine.class),
  ),
  power: seldom(800, 0, 2, ['Supply voltage', 'Undervoltage', 'DC link undervoltage'], ({ machine }) =>
    standsBy(machine, 'power'),
  ),
  phase_timer: seldom(
    300,
    5,
    5,
    ['Step time exceeded', 'Phase timer', 'Time limit of step'],
    ({ line, t }) => line.phase.name === 'clean' && t - line.phase.since > standardS(line, 'cleaning') * 1000,
    (machine) => machine.of.pressureBar !== undefined,
  ),
  bulk: seldom(
    250,
    2,
    5,
    ['Product tank low', 'No product', 'Tank minimum level'],
    ({ machine }) => machine.tank !== null && machine.tank.quantity < machine.rate * 0.4,
    (machine) => machine.tank !== null,
  ),
};

/** Is anything about this machine as no ordinary day has it? Else none of the seldom conditions can be true. */
export const isUnusual = (machine: MachineSim, line: LineSim): boolean =>
  machine.trip !== null ||
  machine.tank !== null ||
  machine.holdsHeat ||
  machine.defects.commsLost ||
  machine.defects.guardOpen ||
  machine.rejecting > limits.rejects * 0.75 ||
  line.phase.name === 'clean' ||
  isWarmer(machine, limits.hotWarning);
