import { type Fault, machineAt, once } from './fault.ts';

/** A jam that is cleared before the buffers behind it are empty: the line's last machine never notices. */
const fault: Fault = {
  cause: 'absorbed_jam',
  class: 'machine',
  nature: 'no_stop',
  lastsS: [30, 60],
  places: (_, line) =>
    line.machines.filter((machine) => machine.inputs.length > 0).map((machine) => machine.id),
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    const wedge = once(site.at, () => {
      machine.stuck = { workS: 2 };
    });
    return { step: wedge, over: (t) => t > site.at && machine.stuck === null, awakeFrom: site.at - 10_000 };
  },
};
export default fault;
