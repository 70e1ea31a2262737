import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import type { Case } from './case.ts';
import { withoutTime } from './words-check.ts';

/** Records: cited for the named cause, of them misleading; necessary ones, of them anywhere in the evidence of the answer. */
export type Cited = {
  cited: number;
  misleading: number;
  /** Of those cited: named by the truth, record by record, as necessary or supporting. */
  telling: number;
  necessary: number;
  found: number;
  /** Of the necessary ones: that very record is cited for the named cause. */
  exact: number;
};

export function citedOf(said: Diagnosis, one: Case): Cited {
  const named = said.candidates.find(({ cause }) => cause === said.cause);
  const cited = new Set(
    [...(named?.for ?? []), ...said.roots.flatMap(({ evidence }) => evidence)].map(withoutTime),
  );
  const shown = [...cited, ...said.evidence.map(({ id }) => withoutTime(id))];
  const alike = likeness(one);
  const kinds = new Set(shown.map(alike));
  // The truth names each version of a record; they have one id.
  const ids = (role: string) => [
    ...new Set(one.truth.evidence.filter((it) => it.role === role).map(({ id }) => id)),
  ];
  const necessary = ids('necessary');
  return {
    cited: cited.size,
    misleading: ids('misleading').filter((id) => cited.has(id)).length,
    telling: [...necessary, ...ids('supporting')].filter((id) => cited.has(id)).length,
    necessary: necessary.length,
    found: necessary.filter((id) => kinds.has(alike(id))).length,
    exact: necessary.filter((id) => cited.has(id)).length,
  };
}

/** A machine repeats itself: another state or alarm of the same machine is as good. */
function likeness({ batches }: Case): (id: string) => string {
  const repeated = new Map<string, string>();
  for (const record of batches.flatMap(({ records }) => records))
    if (record.kind === 'state')
      repeated.set(evidenceId(record), `${record.source}/state/${record.equipment}`);
    else if (record.kind === 'alarm')
      repeated.set(evidenceId(record), `${record.source}/alarm/${record.equipment}/${record.alarm}`);
  return (id) => repeated.get(id) ?? id;
}
