import { type Fault, machineAt } from './fault.ts';

/** A machine is held back to a lower speed for a while; the line runs slower and does not stop. */
const fault: Fault = {
  cause: 'slow_running',
  class: 'machine',
  nature: 'no_stop',
  lastsS: [900, 2700],
  places: (_, line) => line.machines.map((machine) => machine.id),
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    const share = site.rng.between(0.55, 0.68);
    return {
      step(t) {
        machine.defects.speedLimit = t >= site.at && t < site.until ? share : 1;
      },
      over: (t) => t > site.until + 1000,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
