import { startLot } from './lots.ts';
import { type Fault, machineAt, once } from './fault.ts';

/** Labels or cartons of another order were staged: the code reader holds the machine at the first of them. */
const fault: Fault = {
  cause: 'wrong_material',
  class: 'material',
  lastsS: [300, 900],
  places: (_, line) =>
    line.machines.filter((machine) => machine.magazine && machine.of.asksHost).map((machine) => machine.id),
  leadS: () => 900,
  begin(site) {
    const machine = machineAt(site);
    const other = `PM-${site.rng.whole(7000, 7999)}`;
    const staged = site.at - site.rng.whole(60, 420) * 1000;
    const stage = once(staged, () => startLot(site, machine, staged, other, site.at - 3000));
    const reads = once(site.at, () => {
      machine.defects.wrongMaterial = true;
    });
    const right = once(site.until - 40_000, () => {
      machine.defects.wrongMaterial = false;
      startLot(site, machine, site.until - 40_000);
    });
    return {
      step(t) {
        stage(t);
        reads(t);
        right(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 10_000,
    };
  },
};
export default fault;
