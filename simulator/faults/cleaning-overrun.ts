import { standardS } from '../physics/phase.ts';
import { startCleaning } from './cleaning-run.ts';
import { type Fault } from './fault.ts';

/** Cleaning in place does not reach its temperature or its rinse value in time and goes on beyond its standard. */
const fault: Fault = {
  cause: 'cleaning_overrun',
  class: 'planning',
  lastsS: [2400, 4200],
  places: (_, line) => (line.spec.standardS['cleaning'] === undefined ? [] : [line.id]),
  leadS: () => 60,
  begin(site) {
    return startCleaning(
      site,
      Math.max((site.until - site.at) / 1000, standardS(site.line, 'cleaning') + 700),
    );
  },
};
export default fault;
