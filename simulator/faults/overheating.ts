import { limits, warmsInS } from '../physics/machine.ts';
import { type Fault, machineAt, ramp } from './fault.ts';

/** Cooling air no longer gets through a filter that was not changed: warmer and warmer, then the thermal trip. */
const fault: Fault = {
  cause: 'overheating',
  class: 'machine',
  lastsS: [700, 1500],
  places: (_, line) =>
    line.machines
      .filter((machine) => machine.of.warmC > 25 && machine.of.warmC <= 60)
      .map((machine) => machine.id),
  leadS: () => 3000,
  begin(site) {
    const machine = machineAt(site);
    const from = site.at - site.rng.whole(1500, 2700) * 1000;
    const share = 1 - Math.exp(-(site.at - from) / 1000 / warmsInS(machine));
    const settles = 1 + (limits.hot - 1) / share;
    const called = site.at + site.rng.whole(90, 200) * 1000;
    const arrived = called + site.rng.whole(60, 240) * 1000;
    const text = site.rng.pick(['Drive does not start, please check', 'Fault cannot be reset']);
    const entry = { line: site.line.id, machine: machine.id, text };
    const done = new Set<string>();
    const tell = (what: 'called' | 'arrived' | 'repaired', at: number, t: number) => {
      if (t < at || done.has(what)) return;
      done.add(what);
      site.floor.diary.push({ what, at: t, ...entry });
    };
    const cleaned = Math.max(arrived + 60_000, site.until - 400_000);
    return {
      step(t) {
        if (t < from) return;
        const late = t > site.at - 20_000 ? 1.5 * ramp(t, site.at - 20_000, site.at + 120_000) : 0;
        machine.defects.hot = t < cleaned ? settles + late : 1;
        if (!machine.task && t < cleaned) return;
        tell('called', called, t);
        tell('arrived', arrived, t);
        tell('repaired', cleaned, t);
      },
      over: (t) => t > site.until && machine.task === null,
      awakeFrom: from,
    };
  },
};
export default fault;
