import type { Fault } from './fault.ts';

/** The compressor loses its delivery; what is stored in the network lasts for seconds. */
const fault: Fault = {
  cause: 'compressed_air_low',
  class: 'utilities',
  everyday: true,
  lastsS: [360, 900],
  places: (floor, line) =>
    floor.air.spec && line.machines.filter((machine) => machine.minAir > 0).length >= 3 ? [floor.air.id] : [],
  leadS: () => 180,
  begin(site) {
    const { air } = site.floor;
    const left = site.rng.between(0.07, 0.12);
    // The receiver holds the pressure for about ten seconds once delivery is gone.
    const from = site.at - 40_000;
    return {
      step(t) {
        const down = Math.min(1, Math.max(0, (t - from) / 30_000));
        air.health = t >= site.until - 60_000 ? 1 : 1 - (1 - left) * down;
      },
      over: (t) => t > site.until,
      awakeFrom: from,
    };
  },
};
export default fault;
