import { steadyPerS } from '../physics/flow.ts';
import { type Fault, machineAt } from './fault.ts';

/** A gearbox bearing wears out: friction and vibration grow over hours, then quickly, until the motor protection trips. */
const fault: Fault = {
  cause: 'drive_trip',
  class: 'machine',
  everyday: true,
  lastsS: [900, 2400],
  places: (_, line) => line.machines.map((machine) => machine.id),
  leadS: () => 5400,
  begin(site) {
    const machine = machineAt(site);
    const { product } = site.line;
    const share = (steadyPerS(site.line) * 60) / machine.rate;
    // Friction at which the load seen now reaches the trip level.
    const limit = 1.5 / (0.3 + 0.7 * share * product.load);
    const seizing = site.at - 420_000;
    const from = Math.min(seizing - 1000, site.at - 5_400_000);
    const wear = machine.wear;
    const worn = 1 + (limit - 1) * 0.35;
    let repaired = false;
    machine.repairS = (site.until - site.at) / 1000;
    return {
      step(t) {
        repaired ||= t > site.at + 60_000 && machine.friction === 1;
        if (repaired) return;
        const slow = Math.min(1, Math.max(0, (t - from) / (seizing - from)));
        const fast = Math.min(1, Math.max(0, (t - seizing) / (site.at - 3000 - seizing)));
        machine.friction = 1 + (worn - 1) * slow + (limit * 1.015 - worn) * fast ** 2;
        machine.wear = wear + 0.6 * slow + 1.1 * fast;
      },
      over: () => repaired,
      awakeFrom: seizing,
    };
  },
};
export default fault;
