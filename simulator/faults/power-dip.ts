import { stand } from '../physics/machine.ts';
import { type Fault, once } from './fault.ts';

/** The mains sags for a second or two: every drive drops out, the gateway restarts, machines are started again one by one. */
const fault: Fault = {
  cause: 'power_dip',
  class: 'utilities',
  lastsS: [300, 700],
  places: (floor, line) =>
    floor.power &&
    line.machines.length > 2 &&
    line.machines.some((one) => floor.power?.serves.has(one.id) || floor.power?.serves.has(line.id))
      ? [floor.power.id]
      : [],
  leadS: () => 60,
  begin(site) {
    const { floor, line } = site;
    const { power } = floor;
    const deep = site.rng.between(0.45, 0.7);
    const longS = site.rng.whole(1, 3);
    const dip = once(site.at, () => {
      // The electrician looks at the supply before anything is switched on again.
      if (power) power.backAt = site.until - 90_000;
      for (const machine of line.machines) {
        const state = machine.state;
        if (state === 'Execute' || state === 'Suspended' || state === 'Completing')
          stand(machine, 'power', site.at);
      }
      floor.outages.push({
        equipment: null,
        how: 'lost',
        from: site.at + 1000,
        until: site.at + site.rng.whole(20, 90) * 1000,
      });
    });
    return {
      step(t) {
        if (power) power.level = t >= site.at && t < site.at + longS * 1000 ? deep : 1;
        dip(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
