import { steadyPerS } from '../physics/flow.ts';
import { runFull } from '../physics/store.ts';
import type { Fault } from './fault.ts';

/** The truck is late: finished goods fill the dock until the last machine has no place left. */
const fault: Fault = {
  cause: 'dispatch_full',
  class: 'outside',
  everyday: true,
  lastsS: [480, 1500],
  places: (_, line) => [line.dispatchId],
  leadS: () => 4800,
  begin(site) {
    const { dock } = site.line;
    return {
      step(t) {
        if (t >= site.at) return;
        const perS = steadyPerS(site.line);
        runFull(dock, t, { fullAt: site.at, lateUntil: site.until, perS });
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 120_000,
    };
  },
};
export default fault;
