import { newLot } from '../physics/goods.ts';
import { type Fault, once } from './fault.ts';

/** Quality puts the lot in use on hold. */
const fault: Fault = {
  cause: 'quality_hold',
  class: 'quality',
  everyday: true,
  lastsS: [900, 2400],
  places: (_, line) => [line.id],
  leadS: () => 60,
  begin(site) {
    // A lot that was cleared once is used up by now.
    if (site.line.lot.cleared)
      site.line.lot = newLot(site.line.lot.description, site.line.lot.material, site.rng);
    const { lot } = site.line;
    const hold = once(site.at, () => {
      lot.held = true;
    });
    const release = once(site.until, () => {
      lot.held = false;
      lot.cleared = true;
    });
    return {
      step(t) {
        hold(t);
        release(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
