import type { Millis } from '../../plant/time.ts';
import { enterBook } from '../faults/fault.ts';
import { startLot } from '../faults/lots.ts';
import type { Live } from '../live-world.ts';
import type { LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { Script } from './draw.ts';

export type DecoySite = {
  live: Live;
  line: LineSim;
  script: Script;
  places: readonly string[];
  plannedAt: Millis;
  /** 0: none; 1: many. */
  strength: number;
};

const minute = 60_000;
/** Causes that the people of one station have nothing to do with. */
const apart = new Set(['quality_hold', 'component_stockout', 'dispatch_full', 'no_order', 'upstream_late']);

/** Things that are true, are written down, and have nothing to do with it. */
export function addDecoys(of: DecoySite, rng: Random): void {
  const { live, line, script, places, plannedAt, strength } = of;
  const site = { floor: live.floor, rng };
  const [cause = ''] = script.causes;
  const others = line.machines.filter((machine) => !places.includes(machine.id));
  const before = (least: number, most: number) => plannedAt - rng.whole(least, most) * minute;
  const maybe = (p: number, act: () => void) => {
    // Drawn whether or not it happens, so that one decoy does not change the next.
    if (rng.chance(p * strength)) act();
  };
  const stops = script.kind !== 'no_stop';
  maybe(0.5, () => {
    if (stops)
      live.scheduler.add({ kind: 'minor', line: line.id, at: before(40, 65), durationS: rng.whole(70, 110) });
  });
  maybe(0.4, () => {
    const spare = line.stations.filter((station) => !station.machines.includes(line.reference.id));
    if (apart.has(cause) && spare.length > 0) rng.pick(spare).awayUntil = plannedAt + 90 * minute;
  });
  maybe(0.4, () => {
    live.mes.lots.push({
      lot: `L${rng.whole(230_000, 239_999)}`,
      line: line.id,
      material: `RM-${rng.whole(3000, 3999)}`,
      status: 'Hold',
      supplier: null,
      quantity: rng.whole(4, 40) * 50,
      unit: 'KG',
      changedAt: plannedAt - rng.whole(4, 90) * 60 * minute,
    });
  });
  for (const machine of others) {
    maybe(0.35, () => {
      if (machine.magazine) startLot(site, machine, before(5, 60));
    });
  }
  const machine = rng.pick(others.length > 0 ? others : line.machines);
  const number = (name: string) => `${name}-${rng.whole(10_000, 99_999)}`;
  maybe(0.35, () =>
    enterBook(
      site,
      { key: number('PAR'), equipment: machine.id, at: before(6, 50) },
      { kind: 'quality', event: 'parameter_changed', subject: 'speed', text: 'Set value speed changed' },
    ),
  );
  maybe(0.25, () =>
    enterBook(
      site,
      { key: number('CAL'), equipment: machine.id, at: before(10, 60) },
      {
        kind: 'quality',
        event: 'calibration_due',
        subject: machine.class,
        text: 'Calibration interval reached',
      },
    ),
  );
  maybe(0.3, () =>
    enterBook(
      site,
      {
        book: 'erp',
        key: number('CHG'),
        equipment: rng.pick(live.floor.hosts)?.id ?? null,
        at: before(3, 60),
      },
      {
        kind: 'system',
        component: rng.pick(live.floor.hosts).id,
        event: 'changed',
        text: 'Update installed',
      },
    ),
  );
  for (const [i, status] of (['passed', 'passed', 'failed'] as const).entries()) {
    maybe(status === 'failed' ? 0.12 : 0.5, () => {
      const inspection = number('IP');
      enterBook(
        site,
        { key: inspection, equipment: line.id, at: before(5 + i * 15, 60) },
        {
          kind: 'inspection',
          inspection,
          template: rng.pick(['Net content', 'Torque of closures', 'Label position']),
          status,
          failed: status === 'failed' ? ['Label position'] : [],
          text: '',
        },
      );
    });
  }
  maybe(0.3, () => {
    live.floor.diary.push({
      what: 'called',
      line: line.id,
      machine: machine.id,
      at: live.floor.now,
      text: 'Rattles, please have a look',
    });
  });
}
