import { type Fault, machineAt, once } from './fault.ts';

/** The fieldbus of one machine fails: its drives and modules cannot be reached, their values have no quality. */
const fault: Fault = {
  cause: 'comms_loss',
  class: 'machine',
  lastsS: [300, 1200],
  places: (_, line) => line.machines.map((machine) => machine.id),
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    const lost = once(site.at, () => {
      machine.defects.commsLost = true;
      site.floor.outages.push({
        equipment: machine.id,
        how: 'bad',
        from: site.at,
        until: site.until - 40_000,
      });
    });
    const found = once(site.until - 40_000, () => {
      machine.defects.commsLost = false;
    });
    return {
      step(t) {
        lost(t);
        found(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
