import type { Line, Plant, SignalSpec, Utility } from '../../plant/equipment.ts';
import type { PackmlState, UnitMode } from '../../plant/state.ts';
import type { Millis } from '../../plant/time.ts';
import type { MachineClass } from '../plants/machine-classes.ts';
import type { Random } from '../random.ts';
import type { Defects, Trip } from './defects.ts';
import type { Dock, Lot, Product, Store } from './goods.ts';
import type { DiaryEntry, LedgerEntry, Outage } from './ledger.ts';

/** Work a person has at a machine that stands. */
export type Task = {
  trip: Trip;
  since: Millis;
  /** Somebody stands in front of it from then on. */
  seenAt: Millis | null;
  /** The obstacle is gone; at this time it is started again. */
  readyAt: Millis | null;
  /** A technician was called and will be there then. */
  technicianAt: Millis | null;
};

export type MachineSim = {
  id: string;
  class: string;
  node: string;
  of: MachineClass;
  specs: readonly SignalSpec[];
  /** Nominal rate, units per minute. */
  rate: number;
  inputs: Edge[];
  outputs: Edge[];
  /** What comes from several machines: one unit of each is needed (assembly), or any will do (lanes that meet again). */
  merge: 'all' | 'any';
  state: PackmlState;
  mode: UnitMode;
  blocked: boolean;
  starved: boolean;
  /** When state, mode, blocked or starved last changed. */
  since: Millis;
  /** A state it passes through on its own: what comes next, and when. */
  next: { state: PackmlState; at: Millis } | null;
  speed: number;
  /** Set speed less speed, as the last step found them. */
  behind: number;
  /** Units per second that went through in the last step. */
  flow: number;
  good: number;
  rejected: number;
  rejectShare: number;
  /** Share of what it threw out over about the last minute. */
  rejecting: number;
  defects: Defects;
  /** Its guard is opened to take something out, and says so. */
  holdsGuard: boolean;
  /** Keeps its temperature while it stands. */
  holdsHeat: boolean;
  /** How long maintenance takes to come, where it is known, seconds. */
  technicianS: number | null;
  /** What flows in besides the units: product from a mixer. */
  tank: Store | null;
  /** Load of the main drive against nominal; grows with wear. */
  friction: number;
  /** How long the next repair takes once maintenance is there and back, seconds. */
  repairS: number;
  /** Something is stuck at the infeed; `workS`: how long clearing takes. */
  stuck: { workS: number } | null;
  /** Seconds that a condition has lasted. */
  timers: {
    short: number;
    full: number;
    overload: number;
    stuck: number;
    host: number;
    air: number;
  };
  /** °C. */
  heat: number;
  wear: number;
  magazine: Store | null;
  /** Pressure below which its valves no longer close, bar; 0: needs no air. */
  minAir: number;
  /** The system it asks for labels, if it asks one. */
  host: HostSim | null;
  /** Seconds of labels already printed. */
  hostReserveS: number;
  station: Station;
  task: Task | null;
  trip: Trip | null;
  /** Manufacturer: decides how alarms are worded and numbered. */
  vendor: number;
  alarms: AlarmSim[];
  noise: Map<string, { x: number; at: Millis }>;
};

export type Edge = {
  from: MachineSim;
  to: MachineSim;
  level: number;
  capacity: number;
};

/** The people who look after some machines of a line. `awayUntil` in the future: nobody is there. */
export type Station = { machines: string[]; awayUntil: Millis };

type Look = { machine: MachineSim; line: LineSim; air: AirSim; t: Millis };
/** A condition a machine's controller watches. Texts differ by manufacturer. */
export type Condition = {
  severity: number;
  texts: readonly [string, string, string];
  onS: number;
  offS: number;
  has(machine: MachineSim): boolean;
  is(look: Look): boolean;
};

export type AlarmSim = {
  id: string;
  text: string;
  severity: number;
  /** Name of the condition that drives it, see alarms.ts. */
  when: string;
  /** Kept beside it: it is asked for every second. */
  condition: Condition;
  /** Its condition needs something out of the ordinary. */
  seldom: boolean;
  active: boolean;
  acknowledged: boolean;
  /** When it became true (or false again) without having shown yet. */
  pendingS: number;
  raisedAt: Millis;
  /** A sensor that bounces: chance per second to change while `until` lies ahead. */
  bounce: { until: Millis; p: number } | null;
};

type Phase =
  | { name: 'run' }
  | { name: 'run_out'; since: Millis }
  | { name: 'setup'; since: Millis; readyAt: Millis }
  | { name: 'break'; since: Millis; until: Millis }
  | { name: 'clean'; since: Millis; until: Millis }
  | { name: 'no_order'; since: Millis; empty: boolean }
  | { name: 'hold'; since: Millis };

/** The next order's product and how long fitting its parts takes when all goes well. */
type Change = { product: Product; order: string; durationS: number };

export type LineSim = {
  id: string;
  node: string;
  spec: Line;
  machines: MachineSim[];
  edges: Edge[];
  reference: MachineSim;
  products: Product[];
  product: Product;
  unit: string;
  phase: Phase;
  change: Change | null;
  /** What it fills or builds in; on hold, the MES withdraws the line's release. */
  lot: Lot;
  /** The change parts of the next product can be fitted from this time on. */
  toolsBackAt: Millis;
  stations: Station[];
  supply: Store;
  supplyId: string;
  /** Where the tank's product comes in. */
  mixingId: string | null;
  /** No order is released for it: it runs empty and waits. */
  orderless: boolean;
  /** Main component in the warehouse, then everything else the line uses. */
  warehouse: Store[];
  dock: Dock;
  dispatchId: string;
  rng: Random;
  noiseRng: Random;
};

export type AirSim = {
  id: string;
  node: string;
  spec: Utility | null;
  pressure: number;
  /** Of the compressor's nominal delivery; 1 = healthy. */
  health: number;
  demand: number;
  nominal: number;
};
/** A shared supply besides air. `level`: voltage against nominal; chilled water: its temperature against the usual. */
export type SharedSim = {
  id: string;
  spec: Utility;
  level: number;
  serves: Set<string>;
  /** What dropped out may be started again from then. */
  backAt: Millis;
};
type HostSim = { id: string; node: string; connected: boolean; serves: Set<string> };

export type Floor = {
  plant: Plant;
  /** Machines and makers of many kinds, as cases have them. */
  wide: boolean;
  lines: LineSim[];
  byId: Map<string, { line: LineSim; machine: MachineSim }>;
  air: AirSim;
  hosts: HostSim[];
  power: SharedSim | null;
  water: SharedSim | null;
  outages: Outage[];
  ledger: LedgerEntry[];
  now: Millis;
  /** Alarm changes not yet taken, oldest first. */
  alarms: { machine: string; alarm: AlarmSim; active: boolean; acknowledged: boolean; at: Millis }[];
  diary: DiaryEntry[];
  /** Ends the running order: the line runs empty and is set up for the next one. */
  startChangeover(line: LineSim, durationS: number): void;
  /** The running order is done and no other is released; with `false` the next one is. */
  withdrawOrders(line: LineSim, withdrawn: boolean): void;
};
