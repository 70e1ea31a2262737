import type { Plant, SignalSpec } from '../plant/equipment.ts';
import type { PackmlState, UnitMode } from '../plant/state.ts';
import type { Millis } from '../plant/time.ts';
import type { LedgerEntry } from './physics/ledger.ts';

/** What a visitor of the simulated plant could see at this moment. The servers serve it, history writes it down; neither knows why. */
export type World = {
  plant: Plant;
  now(): Millis;
  /** Lets one second pass. */
  step(): void;
  machines: ReadonlyMap<string, MachineView>;
  utilities: ReadonlyMap<string, UtilityView>;
  systems: ReadonlyMap<string, SystemView>;
  /** Alarms that came, went or were acknowledged since the last call, in order. */
  takeAlarms(): AlarmChange[];
  erp: ErpView;
  mes: MesView;
  /** Everything operators wrote so far; grows. */
  notes: readonly NoteRow[];
  /** Lines of other books (quality, lots, planned activities); grows. No server has a road for them. */
  ledger?: readonly LedgerEntry[];
};

/** Values are in the units of `specs`; counters are plain integers. Signal names as in the records (`good_count`, `torque`). */
export type MachineView = {
  id: string;
  line: string;
  /** Node id stem, `Line3.Filler`. */
  node: string;
  state: PackmlState;
  blocked: boolean;
  starved: boolean;
  mode: UnitMode;
  /** When state, blocked, starved or mode last changed; absent: not known. Equal to the `at` of the last state record. */
  since?: Millis;
  specs: readonly SignalSpec[];
  values: Readonly<Record<string, number>>;
};
export type UtilityView = {
  id: string;
  node: string;
  specs: readonly SignalSpec[];
  values: Readonly<Record<string, number>>;
};
export type SystemView = { id: string; node: string; connected: boolean; since?: Millis };

export type AlarmChange = {
  machine: string;
  alarm: string;
  text: string;
  severity: number;
  active: boolean;
  acknowledged: boolean;
  at: Millis;
};

type OrderStatus = 'created' | 'released' | 'started' | 'held' | 'completed';
export type OrderRow = {
  order: string;
  line: string;
  material: string;
  description: string;
  planned: number;
  confirmed: number;
  unit: string;
  status: OrderStatus;
  start: Millis;
  end: Millis | null;
  due: Millis;
  changedAt: Millis;
};
/** `setup: true`: a changeover, with its planned duration. */
export type OperationRow = {
  order: string;
  operation: string;
  line: string;
  description: string;
  setup: boolean;
  plannedS: number;
  status: Exclude<OrderStatus, 'held'>;
  start: Millis | null;
  end: Millis | null;
  planned: number;
  confirmed: number;
  unit: string;
  changedAt: Millis;
};
export type ComponentRow = {
  order: string;
  material: string;
  description: string;
  required: number;
  withdrawn: number;
  available: number;
  unit: string;
  due: Millis;
  changedAt: Millis;
};
export type StockRow = {
  material: string;
  description: string;
  location: string;
  batch: string | null;
  stock: 'free' | 'inspection' | 'blocked';
  quantity: number;
  unit: string;
  changedAt: Millis;
};
export type NotificationRow = {
  notification: string;
  line: string;
  machine: string;
  text: string;
  status: 'requested' | 'in_progress' | 'done' | 'overdue' | 'planned';
  down: boolean;
  priority: number;
  requested: Millis;
  started: Millis | null;
  done: Millis | null;
  changedAt: Millis;
};
export type ErpView = {
  orders: readonly OrderRow[];
  operations: readonly OperationRow[];
  components: readonly ComponentRow[];
  stock: readonly StockRow[];
  notifications: readonly NotificationRow[];
};

/** One stretch of one work center in one status, in the MES's own words. `until: null`: still so. */
export type StatusEntry = {
  line: string;
  status: string;
  from: Millis;
  until: Millis | null;
  order: string | null;
};
export type ScrapRow = {
  line: string;
  at: Millis;
  quantity: number;
  reason: string | null;
  order: string | null;
};
export type LotRow = {
  lot: string;
  line: string;
  material: string;
  status: string;
  supplier: string | null;
  quantity: number;
  unit: string;
  changedAt: Millis;
};
export type MesView = {
  /** What a status word means to the MES: exactly one flag is true. */
  statuses: readonly {
    status: string;
    means: 'production' | 'setup' | 'maintenance' | 'idle' | 'downtime';
  }[];
  entries: readonly StatusEntry[];
  scrap: readonly ScrapRow[];
  lots: readonly LotRow[];
  /** People signed on at each line now. */
  operators: Readonly<Record<string, number>>;
};

export type NoteRow = {
  id: string;
  at: Millis;
  line: string;
  machine: string | null;
  role: string;
  text: string;
};
