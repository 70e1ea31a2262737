import type { Utility } from '../plant/equipment.ts';
import { pascalCase } from './names.ts';
import type { Floor, LineSim, MachineSim } from './physics/model.ts';
import { airValues, sample, sharedValues } from './physics/values.ts';
import type { Random } from './random.ts';
import type {
  AlarmChange,
  ErpView,
  MachineView,
  MesView,
  NoteRow,
  SystemView,
  UtilityView,
  World,
} from './world.ts';

/** What machines, supplies and books show of themselves, always as they are now. */
export function worldOf(
  of: { floor: Floor; erp: ErpView; mes: MesView; notes: readonly NoteRow[] },
  step: () => void,
  rng: Random,
): World {
  const { floor, erp, mes, notes } = of;
  const machines = new Map<string, MachineView>();
  for (const { line, machine } of floor.byId.values())
    machines.set(machine.id, machineView(floor, line, machine));
  return {
    plant: floor.plant,
    now: () => floor.now,
    step,
    machines,
    utilities: new Map(
      floor.plant.utilities.map((utility) => [utility.id, utilityView(floor, utility, rng)]),
    ),
    systems: new Map<string, SystemView>(floor.hosts.map((host) => [host.id, host])),
    takeAlarms: () =>
      floor.alarms.splice(0).map(({ alarm, ...change }): AlarmChange => ({
        ...change,
        alarm: alarm.id,
        text: alarm.text,
        severity: alarm.severity,
      })),
    erp,
    mes,
    notes,
    ledger: floor.ledger,
  };
}

/** A supply whose values nothing depends on stays as it is. */
function utilityView({ air, power, water }: Floor, utility: Utility, rng: Random): UtilityView {
  const idle = { id: utility.id, spec: utility, level: 1, serves: new Set<string>(), backAt: 0 };
  const shared = [power, water].find((one) => one?.id === utility.id) ?? idle;
  return {
    id: utility.id,
    node: utility.id === air.id ? air.node : `Utilities.${pascalCase(utility.id)}`,
    specs: utility.signals,
    get values() {
      return utility.id === air.id ? airValues(air, rng.gauss()) : sharedValues(shared, rng.gauss());
    },
  };
}

/** A machine as its controller shows it: read afresh at each look, the same within one second. */
function machineView(floor: Floor, line: LineSim, machine: MachineSim): MachineView {
  let at = -1;
  let values: Record<string, number> = {};
  return {
    id: machine.id,
    line: line.id,
    node: machine.node,
    specs: machine.specs,
    get state() {
      return machine.state;
    },
    get blocked() {
      return machine.blocked;
    },
    get starved() {
      return machine.starved;
    },
    get mode() {
      return machine.mode;
    },
    get since() {
      return machine.since;
    },
    get values() {
      if (at !== floor.now) {
        at = floor.now;
        values = Object.fromEntries(
          machine.specs.map((spec) => [spec.name, sample(machine, line, spec.name, at)]),
        );
      }
      return values;
    },
  };
}
