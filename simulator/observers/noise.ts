import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { AlarmSim, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import { atOf, headerOf } from './told.ts';

/**
 * Alarm bursts fitted to ALPI (Dalle Pezze et al. 2021, Mendeley Data 4nhx2x67cd, CC BY 4.0), episodes by a 30-minute gap,
 * machines 0 to 13, 27,009 episodes: 3.4 to 9.6 episodes per machine and active day; events per episode 1, 3, 6, 14, 29, 90 at
 * the 10th, 25th, 50th, 75th, 90th, 99th percentile (log-normal around 6 with 1.25); distinct codes 1, 1, 2, 3, 5, 8 at the
 * same; mean gap within an episode 0.6, 1.65, 3.6, 5.65, 8.3 min at the 10th to 90th (log-normal around 3.4 with 0.9); the
 * first code is the episode's commonest in 67 of 100; the commonest code of a machine leads 24 to 60 of 100 of its episodes and has 32 to 76 of 100 of its alarms.
 * Machines differ: medians of 3 to 13 events, 2.1 to 6.1 minutes, 1 to 4 codes. Of the episodes drawn here a quarter run into
 * the one before, so that more of them are drawn.
 */
const fitted = {
  perDay: [4.2, 13],
  events: [Math.log(6), 1.25],
  gapMin: [Math.log(2.9), 0.9],
  codes: [0.39, 0.62, 0.78, 0.88, 0.94, 0.97, 1],
  leadShare: [0.32, 0.7],
  /** A machine has many codes of which few ever chatter: ten make 86 to 100 of 100 alarms. */
  alive: 11,
  /** How machines differ: spread of the two logarithms, and the power that bends the draw of codes. */
  machines: { events: 0.35, gap: 0.25, codes: [0.4, 1.1] },
} as const;
const dayMs = 86_400_000;

/** `level` 0 to 1: from none to twice what was measured. */
export function nuisanceAlarms(
  line: LineSim,
  real: readonly PlantRecord[],
  span: { from: Millis; to: Millis; source: string; level: number },
  rng: Random,
): RecordOf<'alarm'>[] {
  const stands = standing(real);
  const found: RecordOf<'alarm'>[] = [];
  for (const machine of line.machines) {
    const perDay = rng.between(...fitted.perDay) * 2 * span.level;
    const order = rng.shuffle(machine.alarms);
    const lead = rng.between(...fitted.leadShare);
    const habits: Habits = {
      events: fitted.events[0] + fitted.machines.events * rng.gauss(),
      gapMin: fitted.gapMin[0] + fitted.machines.gap * rng.gauss(),
      codes: rng.between(...fitted.machines.codes),
    };
    let t = span.from - dayMs / 24;
    while (perDay > 0.01) {
      t += (-Math.log(1 - rng.next()) * dayMs) / perDay;
      if (t >= span.to) break;
      for (const one of episode(order, lead, habits, t, rng)) {
        const free = stands.every(
          (it) =>
            it.machine !== machine.id || it.alarm !== one.alarm.id || one.to < it.from || one.from > it.to,
        );
        if (!free || one.from < span.from || one.from >= span.to) continue;
        stands.push({ machine: machine.id, alarm: one.alarm.id, from: one.from - 1000, to: one.to + 1000 });
        found.push(record(machine.id, one.alarm, one.from, true, span.source));
        if (one.to < span.to) found.push(record(machine.id, one.alarm, one.to, false, span.source));
      }
    }
  }
  return found;
}

type Standing = { machine: string; alarm: string; from: Millis; to: Millis };

/** When alarms that are real stand, so that noise never ends them. */
function standing(records: readonly PlantRecord[]): Standing[] {
  const found: Standing[] = [];
  const open = new Map<string, Standing>();
  for (const one of records) {
    if (one.kind !== 'alarm') continue;
    const name = `${one.equipment}/${one.alarm}`;
    if (one.active) {
      const now = { machine: one.equipment ?? '', alarm: one.alarm, from: atOf(one) - 1000, to: Infinity };
      if (!open.has(name)) found.push(now);
      open.set(name, open.get(name) ?? now);
    } else {
      const was = open.get(name);
      if (was) was.to = atOf(one) + 1000;
      open.delete(name);
    }
  }
  return found;
}

/** One machine's: logarithms of the usual episode, and how many codes it mixes. */
type Habits = { events: number; gapMin: number; codes: number };

function episode(order: readonly AlarmSim[], lead: number, habits: Habits, t: Millis, rng: Random) {
  const events = Math.min(
    130,
    Math.max(1, Math.round(Math.exp(habits.events + fitted.events[1] * rng.gauss()))),
  );
  const gapMs = 60_000 * Math.exp(habits.gapMin + fitted.gapMin[1] * rng.gauss());
  const x = rng.next() ** habits.codes;
  const codes = 1 + fitted.codes.findIndex((one) => x < one);
  const start = rng.chance(lead) ? 0 : rng.whole(1, Math.max(1, Math.min(fitted.alive, order.length) - 1));
  const chosen = Array.from({ length: codes }, (_, i) => order[(start + i) % order.length]!);
  const list: { alarm: AlarmSim; from: Millis; to: Millis }[] = [];
  let at = t;
  for (let i = 0; i < events; i += 1) {
    const alarm = i === 0 || rng.chance(0.6) ? chosen[0]! : rng.pick(chosen);
    const lastsMs = Math.min(gapMs * 0.8, rng.between(2, 40) * 1000);
    list.push({ alarm, from: Math.round(at), to: Math.round(at + Math.max(1000, lastsMs)) });
    at += gapMs * -Math.log(1 - rng.next()) + lastsMs;
  }
  return list;
}

function record(
  machine: string,
  alarm: AlarmSim,
  at: Millis,
  active: boolean,
  source: string,
): RecordOf<'alarm'> {
  return {
    kind: 'alarm',
    ...headerOf(source, `${machine}/${alarm.id}@${iso(at)}/${active ? 'on' : 'off'}`, machine, at),
    alarm: alarm.id,
    text: alarm.text,
    severity: alarm.severity,
    active,
    acknowledged: false,
  };
}
