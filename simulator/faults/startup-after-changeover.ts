import { lagS } from '../physics/flow.ts';
import { isRunning } from '../physics/machine.ts';
import { standardS } from '../physics/phase.ts';
import { type Fault, machineAt } from './fault.ts';

/** A guide was left as it was for the last product: after the changeover the machine jams again and again until it is set. */
const fault: Fault = {
  cause: 'startup_after_changeover',
  class: 'people',
  lastsS: [600, 1400],
  places: (_, line) =>
    line.machines.filter((machine) => machine.inputs.length > 0).map((machine) => machine.id),
  leadS: (line) => standardS(line, 'changeover') + 2400,
  begin(site) {
    const { line, floor } = site;
    const machine = machineAt(site);
    const setupS = standardS(line, 'changeover') * site.rng.between(0.7, 0.95);
    const emptyS = line.machines[0] ? lagS(line, line.machines[0]) : 0;
    // Runs for some minutes after the restart before the first pieces wedge.
    const from = Math.max(floor.now + 5000, site.at - (setupS + emptyS + 560) * 1000);
    const settled = site.until - 45_000;
    let begun = false;
    let restarted: number | null = null;
    let runs = 0;
    return {
      step(t) {
        if (!begun && t >= from && line.phase.name === 'run') {
          begun = true;
          floor.startChangeover(line, setupS);
        }
        if (begun && t > from + 60_000 && line.phase.name === 'run') restarted ??= t;
        if (restarted === null || t < Math.max(site.at - 4000, restarted + 240_000) || t > settled) return;
        if (!isRunning(machine) || machine.stuck) {
          runs = 0;
          return;
        }
        runs += 1;
        // Short runs: half a minute or so, then the next piece.
        if (runs > 12 && site.rng.chance(0.05)) machine.stuck = { workS: site.rng.between(40, 110) };
        else if (runs === 1 && machine.trip === null && t < site.at + 30_000) machine.stuck = { workS: 70 };
      },
      over: (t) => t > site.until && restarted !== null && machine.stuck === null,
      awakeFrom: from - 10_000,
    };
  },
};
export default fault;
