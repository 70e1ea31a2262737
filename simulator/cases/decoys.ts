import type { Millis } from '../../plant/time.ts';
import { enterBook } from '../faults/fault.ts';
import { startLot } from '../faults/lots.ts';
import type { Live } from '../live-world.ts';
import type { LedgerFact } from '../physics/ledger.ts';
import type { LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { Script } from './draw.ts';

type DecoySite = {
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

type Maybe = (p: number, act: (own: Random) => void) => void;

/** Things that are true, are written down, and have nothing to do with it. */
export function addDecoys(of: DecoySite, rng: Random): void {
  let drawn = 0;
  // Each has a stream of its own, so that one decoy does not change the next.
  const maybe: Maybe = (p, act) => {
    drawn += 1;
    const own = rng.fork(String(drawn));
    if (own.chance(p * of.strength)) act(own);
  };
  onTheFloor(of, maybe);
  inTheBooks(of, maybe, rng.fork('machine'));
}

const before = (of: DecoySite, own: Random, least: number, most: number) =>
  of.plannedAt - own.whole(least, most) * minute;

function onTheFloor(of: DecoySite, maybe: Maybe): void {
  const { live, line, script, places, plannedAt } = of;
  maybe(0.5, (own) => {
    if (script.kind === 'no_stop') return;
    const at = before(of, own, 40, 65);
    live.scheduler.add({ kind: 'minor', line: line.id, at, durationS: own.whole(70, 110) });
  });
  maybe(0.4, (own) => {
    const spare = line.stations.filter((station) => !station.machines.includes(line.reference.id));
    if (apart.has(script.causes[0] ?? '') && spare.length > 0)
      own.pick(spare).awayUntil = plannedAt + 90 * minute;
  });
  maybe(0.4, (own) => holdOtherLot(live, line, plannedAt, 4, own));
  for (const machine of line.machines) {
    maybe(0.35, (own) => {
      const site = { floor: live.floor, rng: own };
      if (machine.magazine && !places.includes(machine.id)) startLot(site, machine, before(of, own, 5, 60));
    });
  }
}

/** A lot that nobody uses now was put on hold, at least so many hours and at most 90 before. */
export function holdOtherLot(live: Live, line: LineSim, t: Millis, leastH: number, rng: Random): void {
  live.mes.lots.push({
    lot: `L${rng.whole(230_000, 239_999)}`,
    line: line.id,
    material: `RM-${rng.whole(3000, 3999)}`,
    status: 'Hold',
    supplier: null,
    quantity: rng.whole(4, 40) * 50,
    unit: 'KG',
    changedAt: t - rng.whole(leastH, 90) * 60 * minute,
  });
}

type Entry = { key: string; equipment: string | null; at: Millis; book?: 'erp' };
const number = (name: string, own: Random) => `${name}-${own.whole(10_000, 99_999)}`;

function inTheBooks(of: DecoySite, maybe: Maybe, rng: Random): void {
  const { live, line, places } = of;
  const others = line.machines.filter((one) => !places.includes(one.id));
  const machine = rng.pick(others.length > 0 ? others : line.machines);
  const enter = (entry: Entry, fact: LedgerFact) => enterBook({ floor: live.floor }, entry, fact);
  maybe(0.35, (own) =>
    enter(
      { key: number('PAR', own), equipment: machine.id, at: before(of, own, 6, 50) },
      { kind: 'quality', event: 'parameter_changed', subject: 'speed', text: 'Set value speed changed' },
    ),
  );
  maybe(0.25, (own) =>
    enter(
      { key: number('CAL', own), equipment: machine.id, at: before(of, own, 10, 60) },
      {
        kind: 'quality',
        event: 'calibration_due',
        subject: machine.class,
        text: 'Calibration interval reached',
      },
    ),
  );
  maybe(0.3, (own) => {
    const { id } = own.pick(live.floor.hosts);
    enter(
      { book: 'erp', key: number('CHG', own), equipment: id, at: before(of, own, 3, 60) },
      { kind: 'system', component: id, event: 'changed', text: 'Update installed' },
    );
  });
  for (const [i, status] of (['passed', 'passed', 'failed'] as const).entries())
    maybe(status === 'failed' ? 0.12 : 0.5, (own) => inspect(of, status, 5 + i * 15, own));
  maybe(0.3, () => {
    const text = 'Rattles, please have a look';
    live.floor.diary.push({ what: 'called', line: line.id, machine: machine.id, at: live.floor.now, text });
  });
}

/** A check of the line that has a result, at least so many minutes before. */
function inspect(of: DecoySite, status: 'passed' | 'failed', least: number, own: Random): void {
  const inspection = number('IP', own);
  const at = before(of, own, least, 60);
  enterBook(
    { floor: of.live.floor },
    { key: inspection, equipment: of.line.id, at },
    {
      kind: 'inspection',
      inspection,
      template: own.pick(['Net content', 'Torque of closures', 'Label position']),
      status,
      failed: status === 'failed' ? ['Label position'] : [],
      text: '',
    },
  );
}
