import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { ConfirmedCause } from '../diagnosis/stop-case.ts';

/** What people confirmed of earlier stops like this one. `of`: how many there were; `alike`: by what they are like it. */
export type Earlier = { cause: string; place: string; times: number; of: number; alike: 'alarm' | 'machine' };

/** Older ones say little about the machine of today. */
const last = 5;

/** The last stops at the same machine, with the same first alarm where there were such. null: none was confirmed. */
export function earlierStops(diagnosis: Diagnosis, confirmed: readonly ConfirmedCause[]): Earlier | null {
  const { machine, cause, stop, first_alarms: alarms = [] } = diagnosis;
  if (machine === null) return null;
  const from = Date.parse(stop.from);
  const here = confirmed
    .filter((one) => one.machine === machine && one.at < from)
    .toSorted((a, b) => b.at - a.at);
  const first = alarms.find(({ equipment }) => equipment === machine)?.alarm ?? null;
  const same = first === null ? [] : here.filter(({ firstAlarm }) => firstAlarm === first);
  const such = (same.length > 0 ? same : here).slice(0, last);
  if (such.length === 0) return null;
  const counts = Map.groupBy(such, (one) => one.cause);
  // Of this cause where it is among them, else of the one that was most.
  const [most = such] = [...counts.values()].toSorted((a, b) => b.length - a.length);
  const told = diagnosis.abstained ? most : (counts.get(cause) ?? most);
  return {
    cause: told[0]?.cause ?? cause,
    place: machine,
    times: told.length,
    of: such.length,
    alike: same.length > 0 ? 'alarm' : 'machine',
  };
}
