import { lagS } from '../physics/flow.ts';
import { type Fault, once } from './fault.ts';

/** The order is finished and the next one is not released: the line runs empty and waits. */
const fault: Fault = {
  cause: 'no_order',
  class: 'planning',
  lastsS: [900, 2400],
  places: (_, line) => [line.id],
  leadS: () => 1500,
  begin(site) {
    const { line, floor } = site;
    const emptyS = line.machines[0] ? lagS(line, line.machines[0]) : 0;
    const done = once(site.at - emptyS * 1000, () => floor.withdrawOrders(line, true));
    const released = once(site.until, () => floor.withdrawOrders(line, false));
    return {
      step(t) {
        done(t);
        released(t);
      },
      over: (t) => t > site.until && line.phase.name === 'run',
      awakeFrom: site.at - emptyS * 1000 - 10_000,
    };
  },
};
export default fault;
