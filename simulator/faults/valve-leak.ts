import { limits } from '../physics/machine.ts';
import { enterBook, type Fault, machineAt, once, ramp } from './fault.ts';

/** A valve of the filler no longer closes: pressure sinks a little, units are filled too low and thrown out, until the limit holds the machine. */
const fault: Fault = {
  cause: 'valve_leak',
  class: 'machine',
  lastsS: [500, 1200],
  places: (_, line) =>
    line.machines.filter((machine) => machine.class === 'filler').map((machine) => machine.id),
  leadS: () => 1200,
  begin(site) {
    const machine = machineAt(site);
    const from = site.at - site.rng.whole(480, 1000) * 1000;
    const mended = site.until - 45_000;
    const sample = once(from + 240_000, () =>
      enterBook(
        site,
        {
          key: `IP-${site.rng.whole(40_000, 89_999)}`,
          equipment: machine.id,
          at: from + 240_000,
          lateS: site.rng.whole(5, 80) * 60,
        },
        {
          kind: 'inspection',
          inspection: `IP-${site.rng.whole(40_000, 89_999)}`,
          template: 'Net content',
          status: 'failed',
          failed: ['Net content below nominal'],
          text: '',
        },
      ),
    );
    return {
      step(t) {
        if (t < from) return;
        const leak = t < mended ? ramp(t, from, site.at) : 0;
        machine.defects.pressure = 1 - 0.07 * leak;
        // The share over the last minute lags behind what is thrown out now.
        machine.defects.rejects = t < mended ? limits.rejects * 1.12 * leak + (t >= site.at ? 0.04 : 0) : 0;
        sample(t);
      },
      over: (t) => t > site.until,
      awakeFrom: from,
    };
  },
};
export default fault;
