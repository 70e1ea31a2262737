import { steadyPerS } from '../physics/flow.ts';
import { runDry } from '../physics/store.ts';
import { enterBook, type Fault, once } from './fault.ts';

/** The next batch from the mixer is not released by the laboratory: the product tank runs empty. */
const fault: Fault = {
  cause: 'upstream_late',
  class: 'outside',
  lastsS: [700, 2100],
  places: (_, line) => (line.mixingId === null ? [] : [line.mixingId]),
  leadS: () => 1800,
  begin(site) {
    const { line } = site;
    const machine = line.machines.find((one) => one.tank !== null);
    const batch = `MX${site.rng.whole(20_000, 29_999)}`;
    const pending = site.rng.chance(0.6);
    const mixed = site.at - site.rng.whole(900, 1700) * 1000;
    const lot = {
      kind: 'lot' as const,
      lot: batch,
      material: line.lot.material,
      held: false,
      supplier: null,
      quantity: site.rng.whole(20, 80) * 100,
      unit: 'KG',
      event: 'status' as const,
    };
    const book = (status: string, at: number) =>
      enterBook(site, { key: batch, equipment: line.mixingId, at, version: status }, { ...lot, status });
    const waits = once(mixed, () => book(pending ? 'Lab release pending' : 'In Mixing', mixed));
    const released = once(site.until - 30_000, () => book('Released', site.until - 30_000));
    return {
      step(t) {
        waits(t);
        released(t);
        if (!machine?.tank || t >= site.at) return;
        runDry(machine.tank, t, {
          emptyAt: site.at,
          lateUntil: site.until,
          perS: steadyPerS(line),
          elsewhere: 0,
        });
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 120_000,
    };
  },
};
export default fault;
