import { lagS } from '../physics/flow.ts';
import { standardS } from '../physics/phase.ts';
import { type Fault, once } from './fault.ts';

/** The change parts for the next product are in the workshop when the changeover begins. */
const fault: Fault = {
  cause: 'changeover_overrun',
  class: 'planning',
  everyday: true,
  lastsS: [2700, 5400],
  places: (_, line) => [line.id],
  leadS: () => 5400,
  begin(site) {
    const { line, floor } = site;
    const setupS = standardS(line, 'changeover');
    const emptyS = line.machines[0] ? lagS(line, line.machines[0]) : 0;
    const missing = once(site.at - 5_000_000, () => {
      line.toolsBackAt = Math.max(site.until, site.at + (setupS + 600) * 1000);
    });
    const change = once(site.at - emptyS * 1000, () => {
      floor.startChangeover(line, setupS * site.rng.between(0.8, 0.95));
    });
    return {
      step(t) {
        missing(t);
        change(t);
      },
      over: (t) => t > line.toolsBackAt && t > site.at && line.phase.name === 'run',
      awakeFrom: site.at - emptyS * 1000 - 10_000,
    };
  },
};
export default fault;
