import type { Millis } from '../../plant/time.ts';
import type { Random } from '../random.ts';
import { everydayConditions, isUnusual, seldomConditions } from './conditions.ts';
import type { AlarmSim, Condition, Floor, LineSim, MachineSim } from './model.ts';
import { type Dialect, wordFor } from './wordings.ts';

const all: Readonly<Record<string, Condition>> = { ...everydayConditions, ...seldomConditions };

/** The alarms of one machine, numbered as its maker does. `dialect`: the maker's habits, where they are to differ more than by three. */
export function alarmsOf(machine: MachineSim, rng: Random, dialect: Dialect | null): AlarmSim[] {
  const first = rng.whole(11, 79);
  // Shuffled, so that a number says nothing about the kind of alarm.
  const listed = rng.shuffle(Object.entries(dialect ? all : everydayConditions));
  if (!dialect) listed.push(...rng.fork('seldom').shuffle(Object.entries(seldomConditions)));
  const number = (i: number) => alarmNumber(machine.vendor, first * 10 + i * 3);
  return listed
    .filter(([, condition]) => condition.has(machine))
    .map(([when, condition], i) => ({
      id: number(i),
      text: (dialect
        ? wordFor(dialect, when, condition.severity, number(i), rng)
        : (condition.texts[machine.vendor] ?? condition.texts[0])
      ).replace('{noun}', machine.of.consumable?.noun ?? ''),
      severity: condition.severity,
      when,
      condition,
      seldom: when in seldomConditions,
      active: false,
      acknowledged: true,
      pendingS: 0,
      raisedAt: 0,
      bounce: null,
    }));
}

const alarmNumber = (vendor: number, n: number) =>
  vendor === 0 ? `A${n}` : vendor === 1 ? `E-${String(n).padStart(4, '0')}` : `${n}.${n % 7}`;

export function turn(floor: Floor, machine: MachineSim, alarm: AlarmSim, active: boolean, at: Millis): void {
  if (alarm.active === active) return;
  alarm.active = active;
  alarm.pendingS = 0;
  if (active) {
    alarm.acknowledged = false;
    alarm.raisedAt = at;
  }
  floor.alarms.push({ machine: machine.id, alarm, active, acknowledged: alarm.acknowledged, at });
}

/** Somebody at the machine presses the button: everything that stands there is acknowledged. */
export function acknowledge(floor: Floor, machine: MachineSim, at: Millis): void {
  for (const alarm of machine.alarms) {
    if (alarm.acknowledged || at - alarm.raisedAt < 4000) continue;
    alarm.acknowledged = true;
    if (alarm.active) floor.alarms.push({ machine: machine.id, alarm, active: true, acknowledged: true, at });
  }
}

/** Each controller looks at its own conditions, with its delays; a bouncing sensor comes and goes. */
export function stepAlarms(floor: Floor, line: LineSim, t: Millis, dt: number): void {
  for (const machine of line.machines) {
    const look = { machine, line, air: floor.air, t };
    const unusual = isUnusual(machine, line);
    for (const alarm of machine.alarms) {
      if (!unusual && alarm.seldom && !alarm.active && alarm.pendingS === 0) continue;
      const { condition } = alarm;
      if (alarm.bounce) {
        if (t > alarm.bounce.until) {
          alarm.bounce = null;
          turn(floor, machine, alarm, false, t);
        } else if (line.rng.chance(alarm.bounce.p)) turn(floor, machine, alarm, !alarm.active, t);
        continue;
      }
      // Service reminders have no condition of their own: they come and are reset by hand.
      if (alarm.when === 'service') continue;
      if (condition.is(look) === alarm.active) {
        alarm.pendingS = 0;
        continue;
      }
      alarm.pendingS += dt;
      if (alarm.pendingS > (alarm.active ? condition.offS : condition.onS))
        turn(floor, machine, alarm, !alarm.active, t);
    }
  }
}
