import { isRunning } from '../physics/machine.ts';
import { startLot } from './lots.ts';
import { type Fault, machineAt, once } from './fault.ts';

/** A lot out of tolerance is started at a machine: the drive labours, parts wedge again and again until the lot is taken off. */
const fault: Fault = {
  cause: 'bad_lot',
  class: 'material',
  lastsS: [600, 1500],
  places: (_, line) => line.machines.filter((machine) => machine.magazine).map((machine) => machine.id),
  leadS: () => 1800,
  begin(site) {
    const machine = machineAt(site);
    const started = site.at - site.rng.whole(360, 1300) * 1000;
    const start = once(started, () => {
      startLot(site, machine, started - site.rng.whole(20, 400) * 1000, undefined, started);
      machine.defects.scatter = site.rng.between(2.2, 3.6);
    });
    const off = once(site.until - 60_000, () => {
      machine.defects.scatter = 1;
      startLot(site, machine, site.until - 60_000);
    });
    return {
      step(t) {
        start(t);
        off(t);
        if (t < started || t > site.until - 60_000 || !isRunning(machine) || machine.stuck) return;
        if (t >= site.at - 4000) machine.stuck = { workS: site.rng.between(60, 180) };
        // Before: single ones, taken out in passing, so that the buffers still carry the line.
        else if (site.rng.chance(1 / 240)) machine.stuck = { workS: 3 };
      },
      over: (t) => t > site.until && machine.stuck === null,
      awakeFrom: started,
    };
  },
};
export default fault;
