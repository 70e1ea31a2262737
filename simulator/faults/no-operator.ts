import { type Fault, machineAt, once } from './fault.ts';

/** Nobody is at a station: an ordinary little jam, cleared in seconds on other days, stays. */
const fault: Fault = {
  cause: 'no_operator',
  class: 'people',
  everyday: true,
  lastsS: [540, 1200],
  places: (_, line) =>
    line.machines.filter((machine) => machine.inputs.length > 0).map((machine) => machine.id),
  leadS: () => 420,
  begin(site) {
    const machine = machineAt(site);
    const left = site.at - site.rng.whole(60, 360) * 1000;
    const leave = once(left, () => {
      machine.station.awayUntil = site.until - 45_000;
    });
    const wedge = once(site.at - 4000, () => {
      machine.stuck = { workS: site.rng.between(8, 20) };
    });
    return {
      step(t) {
        leave(t);
        wedge(t);
      },
      over: (t) => t > site.until && machine.stuck === null,
      awakeFrom: site.at - 10_000,
    };
  },
};
export default fault;
