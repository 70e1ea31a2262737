import { limits } from '../physics/machine.ts';
import { enterBook, type Fault, machineAt, once } from './fault.ts';

/** The in-line check is off by a step: good units are thrown out, until the limit holds the machine. */
const fault: Fault = {
  cause: 'inspection_drift',
  class: 'quality',
  lastsS: [500, 1300],
  places: (_, line) =>
    line.machines
      .filter((machine) => machine.class === 'checkweigher' || machine.class === 'tester')
      .map((machine) => machine.id),
  leadS: () => 900,
  begin(site) {
    const machine = machineAt(site);
    const from = site.at - site.rng.whole(240, 540) * 1000;
    const mended = site.until - 45_000;
    const off = 1 + site.rng.between(0.014, 0.024) * (site.rng.chance(0.5) ? 1 : -1);
    const dueAt = from - site.rng.whole(600, 5400) * 1000;
    const due = once(from - 60_000, () =>
      enterBook(
        site,
        {
          key: `CAL-${site.rng.whole(1000, 9999)}`,
          equipment: machine.id,
          at: Math.max(dueAt, site.floor.now - 1_800_000),
        },
        {
          kind: 'quality',
          event: 'calibration_due',
          subject: machine.class,
          text: 'Calibration interval reached',
        },
      ),
    );
    return {
      step(t) {
        due(t);
        if (t < from) return;
        machine.defects.setting = t < mended ? off : 1;
        const near = t >= site.at - 90_000;
        machine.defects.rejects = t < mended ? limits.rejects * (t >= site.at ? 1.8 : near ? 0.85 : 0.6) : 0;
      },
      over: (t) => t > site.until,
      awakeFrom: from - 120_000,
    };
  },
};
export default fault;
