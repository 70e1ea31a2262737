import { steadyPerS } from '../physics/flow.ts';
import { runDry } from '../physics/store.ts';
import { type Fault, machineAt } from './fault.ts';

/** Nobody brings the next load to a machine's magazine: the forklift is held up elsewhere, the warehouse has enough. */
const fault: Fault = {
  cause: 'consumable_empty',
  class: 'material',
  everyday: true,
  lastsS: [300, 900],
  places: (_, line) => line.machines.filter((machine) => machine.magazine).map((machine) => machine.id),
  leadS: (line, place) => machineAt({ line, place }).of.consumable!.minutes * 60 * 1.15,
  begin(site) {
    const machine = machineAt(site);
    const { magazine } = machine;
    const perUnit = machine.of.consumable?.perUnit ?? 1;
    return {
      step(t) {
        if (!magazine || t >= site.at) return;
        const perS = steadyPerS(site.line) * perUnit;
        runDry(magazine, t, { emptyAt: site.at, lateUntil: site.until, perS, elsewhere: 0 });
        // Another line takes the last of it, some minutes before.
        if (!site.bare || !magazine.from || t < site.at - 600_000) return;
        magazine.from.lateUntil = site.until;
        magazine.from.quantity = Math.max(0, magazine.from.quantity * 0.96 - 1);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 120_000,
    };
  },
};
export default fault;
