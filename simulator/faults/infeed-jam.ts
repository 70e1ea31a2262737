import { type Fault, machineAt, once } from './fault.ts';

/** Product wedges at the infeed and has to be taken out by hand. */
const fault: Fault = {
  cause: 'infeed_jam',
  class: 'machine',
  everyday: true,
  lastsS: [260, 620],
  places: (_, line) =>
    line.machines.filter((machine) => machine.inputs.length > 0).map((machine) => machine.id),
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    // Somebody walks there, takes it out and starts again: about 45 s besides the work itself.
    const workS = Math.max(30, (site.until - site.at) / 1000 - 45);
    const wedge = once(site.at - 4000, () => {
      machine.stuck = { workS };
    });
    return { step: wedge, over: (t) => t > site.at && machine.stuck === null, awakeFrom: site.at - 10_000 };
  },
};
export default fault;
