import { steadyPerS } from '../physics/flow.ts';
import { evenOut, runDry } from '../physics/store.ts';
import type { Fault } from './fault.ts';

/** The supplier's delivery does not come: the warehouse runs dry, then what is staged at the line. */
const fault: Fault = {
  cause: 'component_stockout',
  class: 'material',
  everyday: true,
  lastsS: [1200, 3000],
  places: (_, line) => [line.supplyId],
  leadS: () => 11 * 3600,
  begin(site) {
    const { supply, warehouse } = site.line;
    const bin = warehouse[0]!;
    // The last load is staged some minutes before the bin shows empty.
    return {
      step(t) {
        if (t >= site.at) return;
        const perS = steadyPerS(site.line);
        if (bin.quantity < 1) evenOut(supply, (perS * (site.at - t)) / 1000);
        else runDry(bin, t, { emptyAt: site.at, lateUntil: site.until, perS, elsewhere: supply.quantity });
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 120_000,
    };
  },
};
export default fault;
