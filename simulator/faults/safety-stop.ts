import { fill } from '../physics/flow.ts';
import { type Fault, machineAt, once } from './fault.ts';

/** A guard is opened or an emergency stop pressed: every machine of the zone stops at once, until it is reset. */
const fault: Fault = {
  cause: 'safety_stop',
  class: 'machine',
  lastsS: [240, 700],
  places: (_, line) => line.machines.map((machine) => machine.id),
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    // One chain of contacts for what stands close together.
    const close = machine.outputs.filter((edge) => edge.capacity * (1 - fill(edge)) < machine.rate / 4);
    const zone = [machine, ...close.map((edge) => edge.to)];
    const set = (open: boolean) => () => {
      for (const one of zone) one.defects.guardOpen = open;
    };
    const open = once(site.at, set(true));
    const reset = once(site.until - 45_000, set(false));
    return {
      step(t) {
        open(t);
        reset(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
