import type { RecordOf } from './record.ts';
import type { Span } from './time.ts';

/** A time without data. `only`: what is missing; left out: everything. */
type Gap = Span & {
  source: string;
  equipment: string | null;
  reason: string;
  only?: RecordOf<'gap'>['only'];
};

/** What hides a line's states says most, what hides its alarms alone least. */
const weight = { values: 1, alarms: 2 };

/** A connection that was lost is missing at several machines for the same time: told as one. The gravest first. */
export function together<G extends Gap>(gaps: readonly G[]): [G, ...G[]][] {
  const keyOf = ({ source, equipment, from, to, reason, only }: G) =>
    `${source}/${equipment === null}/${from}/${to}/${only}/${reason}`;
  const groups = [...Map.groupBy(gaps, keyOf).values()].flatMap(([first, ...same]) =>
    first ? [[first, ...same] satisfies [G, ...G[]]] : [],
  );
  const heft = ([{ only }]: [G, ...G[]]) => (only ? weight[only] : 0);
  return groups.toSorted((a, b) => heft(a) - heft(b));
}
