import type { Candidate, Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Evidence } from '../../plant/evidence.ts';
import { localClock } from '../../plant/say/local-time.ts';
import { capital, placeWords } from '../../plant/say/en/words.ts';
import { millis } from '../../plant/time.ts';

/** One cause that was looked at, with the records for and against it. */
type LookedAt = { words: string; standing: string; for: Evidence[]; against: Evidence[] };
/** What a diagnosis rests on, in the words every surface uses. */
type Why = {
  /** Everything that went wrong, oldest first; empty where it was one thing. */
  roots: string[];
  causes: LookedAt[];
  ruledOut: { words: string; because: string; evidence: Evidence[] }[];
  unknown: string[];
  nextCheck: string | null;
};

/** Causes behind the leading ones say little and would be read as suspicions. */
const mostCauses = 3;
/** Below this share a cause is not worth a look. */
const leastShare = 0.03;

const real = ({ cause }: Candidate): boolean => cause !== 'other' && cause !== 'unknown';

/** A share as a word: the figure itself is never said. */
function standingOf({ cause, place, p }: Candidate, d: Diagnosis): string {
  if (d.roots.some((one) => one.cause === cause && one.place === place)) return 'named as the cause';
  if (!d.abstained && cause === d.cause && place === d.place) return 'named as the cause';
  return p >= 0.3 ? 'possible' : 'less likely';
}

/** Folds a diagnosis to what a person looks at; null for a planned stop, which needs no search. */
export function whyOf(diagnosis: Diagnosis, plant: Plant): Why | null {
  if (diagnosis.planned) return null;
  const { candidates, evidence, roots, ruled_out, unknown, next_check } = diagnosis;
  const byId = new Map(evidence.map((one) => [one.id, one]));
  const records = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const causes = candidates.filter(real).filter((one, at) => at === 0 || one.p >= leastShare);
  const rootWords = ({ cause, place }: { cause: string; place: string }): string =>
    candidates.find((one) => one.cause === cause && one.place === place)?.words ??
    `${cause.replaceAll('_', ' ')} at ${placeWords(plant, place)}`;
  return {
    roots:
      roots.length > 1
        ? roots.map((one) => `${localClock(millis(one.at), plant.timezone)} ${rootWords(one)}`)
        : [],
    causes: causes.slice(0, mostCauses).map((one) => ({
      words: capital(one.words),
      standing: standingOf(one, diagnosis),
      for: records(one.for),
      against: records(one.against),
    })),
    ruledOut: ruled_out.map((one) => ({
      words: capital(one.words),
      because: one.because,
      evidence: records(one.evidence),
    })),
    unknown: unknown.map(capital),
    nextCheck: next_check && capital(next_check),
  };
}

const records = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

/** The same in a few lines, for chats: what went wrong in order, the causes looked at, what was ruled out. What `text` says already is left out. */
export function whyLines({ roots, causes, ruledOut }: Why, text: string): string[] {
  const said = text.toLowerCase();
  const order = roots.filter((one) => !said.includes(one.toLowerCase()));
  const looked = causes.length > 1 ? causes : [];
  return [
    ...(order.length > 0 ? [`In order: ${order.join('; ')}`] : []),
    ...looked.map(
      (one) =>
        `${one.words}: ${one.standing}, ${records(one.for.length)} for it, ${one.against.length === 0 ? 'none' : records(one.against.length)} against it`,
    ),
    ...ruledOut
      .filter(({ words }) => !said.includes(words.toLowerCase()))
      .map(
        ({ words, because }) => `Ruled out: ${words[0]?.toLowerCase() ?? ''}${words.slice(1)}. ${because}`,
      ),
  ];
}
