import { limits, warmsInS } from '../physics/machine.ts';
import { type Fault, ramp } from './fault.ts';

/** Chilled water warms up: every machine that it cools grows warmer and runs slower, until the first one reaches its limit. */
const fault: Fault = {
  cause: 'cooling_warm',
  class: 'utilities',
  lastsS: [900, 1800],
  places: (floor, line) => {
    const served = line.machines.filter((machine) => floor.water?.serves.has(machine.id));
    return floor.water && served.length >= 2 ? [floor.water.id] : [];
  },
  leadS: () => 3600,
  begin(site) {
    const { water } = site.floor;
    const served = site.line.machines.filter((machine) => water?.serves.has(machine.id));
    const from = site.at - site.rng.whole(1800, 3000) * 1000;
    const cold = site.until - 420_000;
    const peak = site.rng.between(2.1, 2.7);
    const tau = Math.max(...served.map(warmsInS));
    // A ramp that heat follows with its lag, to reach the limit at `at`.
    const spanS = (site.at - from) / 1000;
    const reached = 1 - (tau / spanS) * (1 - Math.exp(-spanS / tau));
    const rises = (limits.hot - 1) / reached;
    const [first] = served;
    return {
      step(t) {
        if (t < from || !water) return;
        const warm = t < cold ? ramp(t, from, site.at) : 0;
        water.level = 1 + (peak - 1) * (t < cold ? warm : 1 - ramp(t, cold, cold + 240_000));
        const late = t < cold ? 0.9 * ramp(t, site.at - 30_000, site.at + 150_000) : 0;
        for (const machine of served) {
          const share = machine === first ? 1 : 0.8;
          machine.defects.hot = 1 + (rises * warm + late) * share;
          machine.defects.speedLimit = t < cold && warm > 0.45 ? 0.78 : 1;
        }
      },
      over: (t) => {
        const done = t > site.until && served.every((machine) => machine.task === null);
        if (done && water) water.level = 1;
        return done;
      },
      awakeFrom: from,
    };
  },
};
export default fault;
