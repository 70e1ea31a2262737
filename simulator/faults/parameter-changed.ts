import { limits } from '../physics/machine.ts';
import { enterBook, type Fault, machineAt, once, ramp } from './fault.ts';

/** A setting was changed: what is made with it is thrown out only later, more and more, until the limit holds the machine. */
const fault: Fault = {
  cause: 'parameter_changed',
  class: 'quality',
  lastsS: [500, 1300],
  places: (_, line) =>
    line.machines
      .filter((machine) => !['checkweigher', 'tester', 'feeder', 'palletizer'].includes(machine.class))
      .map((machine) => machine.id),
  leadS: () => 3000,
  begin(site) {
    const machine = machineAt(site);
    const changed = site.at - site.rng.whole(900, 2400) * 1000;
    const shows = changed + (site.at - changed) * 0.5;
    const back = site.until - 60_000;
    const off = 1 + site.rng.between(0.08, 0.14) * (site.rng.chance(0.5) ? 1 : -1);
    const audit = (at: number) =>
      enterBook(
        site,
        { key: `PAR-${site.rng.whole(10_000, 99_999)}`, equipment: machine.id, at },
        {
          kind: 'quality',
          event: 'parameter_changed',
          subject: machine.of.main,
          text: `Set value ${machine.of.main} ${at === back ? 'set back' : off > 1 ? 'raised' : 'lowered'}`,
        },
      );
    const change = once(changed, () => audit(changed));
    const restore = once(back, () => audit(back));
    return {
      step(t) {
        if (t < changed) return;
        change(t);
        restore(t);
        machine.defects.setting = t < back ? off : 1;
        const share = limits.rejects * 1.1 * ramp(t, shows, site.at) + (t >= site.at ? 0.04 : 0);
        machine.defects.rejects = t < back ? share : 0;
      },
      over: (t) => t > site.until,
      awakeFrom: shows,
    };
  },
};
export default fault;
