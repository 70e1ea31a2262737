import { standardS } from '../physics/phase.ts';
import { startCleaning } from './cleaning-run.ts';
import { type Fault } from './fault.ts';

/** Cleaning in place within its standard time. */
const fault: Fault = {
  cause: 'cleaning',
  class: 'planning',
  nature: 'planned',
  lastsS: [900, 1500],
  places: (_, line) => (line.spec.standardS['cleaning'] === undefined ? [] : [line.id]),
  leadS: () => 60,
  begin: (site) => startCleaning(site, standardS(site.line, 'cleaning') * site.rng.between(0.7, 0.95)),
};
export default fault;
