import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Truth } from './case.ts';
import { withoutTime } from './words-check.ts';

/** Records: cited for the named cause, of them misleading; necessary ones, of them anywhere in the evidence of the answer. */
export type Cited = { cited: number; misleading: number; necessary: number; found: number };

export function citedOf(said: Diagnosis, truth: Truth['evidence']): Cited {
  const named = said.candidates.find(({ cause }) => cause === said.cause);
  const cited = new Set(
    [...(named?.for ?? []), ...said.roots.flatMap(({ evidence }) => evidence)].map(withoutTime),
  );
  const shown = new Set([...cited, ...said.evidence.map(({ id }) => withoutTime(id))]);
  const ids = (role: string) => truth.filter((one) => one.role === role).map(({ id }) => id);
  const necessary = ids('necessary');
  return {
    cited: cited.size,
    misleading: ids('misleading').filter((id) => cited.has(id)).length,
    necessary: necessary.length,
    found: necessary.filter((id) => shown.has(id)).length,
  };
}
