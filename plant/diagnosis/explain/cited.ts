import { placeWords } from '../../say/en/words.ts';
import type { Claim, Evidence } from '../../evidence.ts';
import type { Scene } from '../scene.ts';
import type { Scored } from '../weigh/weigh.ts';

/** How much of what speaks for and against a cause is shown; and of how many causes how many facts are said. */
export const most = { for: 8, against: 6, leaders: 3, facts: 4 };

/** Each record once, in the version that was named first, oldest first. */
export function listed(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Map(evidence.toReversed().map((one) => [one.id, one]));
  return [...seen.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

export const ids = (evidence: readonly Evidence[]): string[] => [...new Set(evidence.map(({ id }) => id))];

/** A statement before it has an id. */
export type Statement = { kind: Claim['kind']; text: string; evidence: readonly Evidence[] };

/** A cause at its place, as a noun phrase. */
export const wordsFor = (scene: Scene, one: Scored): string =>
  one.cause.words(placeWords(scene.plant, one.place.id));

/** Statements as sentences with ids. */
export function claimsOf(parts: readonly Statement[]): Claim[] {
  return parts.map(({ kind, text, evidence }, index) => ({
    id: `c${index + 1}`,
    kind,
    text: `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`,
    evidence: ids(evidence),
  }));
}
