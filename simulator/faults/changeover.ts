import { lagS } from '../physics/flow.ts';
import { standardS } from '../physics/phase.ts';
import { type Fault, once } from './fault.ts';

/** The next order's parts are fitted within their standard time. */
const fault: Fault = {
  cause: 'changeover',
  class: 'planning',
  nature: 'planned',
  lastsS: [600, 1800],
  places: (_, line) => [line.id],
  leadS: () => 1500,
  begin(site) {
    const { line, floor } = site;
    const setupS = standardS(line, 'changeover');
    const emptyS = line.machines[0] ? lagS(line, line.machines[0]) : 0;
    const change = once(site.at - emptyS * 1000, () => {
      floor.startChangeover(line, setupS * site.rng.between(0.6, 0.92));
    });
    return {
      step: change,
      over: (t) => t > site.at + 120_000 && line.phase.name === 'run',
      awakeFrom: site.at - emptyS * 1000 - 10_000,
    };
  },
};
export default fault;
