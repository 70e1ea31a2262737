import type { Plant } from '../../plant/equipment.ts';
import { AndonError } from '../../plant/errors.ts';
import { matches } from '../../plant/names.ts';
import type { SourceContext } from '../../plant/source.ts';

/** Another system's word for a piece of equipment -> its id, or null. */
export type EquipmentLookup = (word: string) => string | null;

/** Longer text is a sentence, no name; it is not worth the comparison with every name of the plant. */
const longestName = 80;
/** Words whose answer is kept: comparing with all names takes longer than looking up. */
const remembered = 5000;

/**
 * First the words written in the YAML, then the plant's own ids, names and aliases.
 * A word that fits several things fits none: a wrong machine is worse than no machine.
 */
export function openLookup(plant: Plant, written: Readonly<Record<string, string>>): EquipmentLookup {
  const known = new Map<string, string | null>(
    Object.entries(written).map(([word, id]) => [word.trim().toLowerCase(), id]),
  );
  return (word) => {
    const key = word.trim().toLowerCase();
    if (key === '') return null;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = key.length > longestName ? [] : matches(plant, key);
    const id = found.length === 1 ? (found[0]?.id ?? null) : null;
    if (known.size < remembered) known.set(key, id);
    return id;
  };
}

/** Ids of the YAML that the plant does not have, as one sentence; null where all are known. */
export function unknownIds(plant: Plant, ids: readonly string[]): string | null {
  const have = new Set([
    ...plant.lines.flatMap((line) => [
      line.id,
      ...line.machines.map(({ id }) => id),
      ...line.supply.map(({ id }) => id),
      ...line.dispatch.map(({ id }) => id),
      `${line.id}.supply`,
      `${line.id}.dispatch`,
    ]),
    ...plant.utilities.map(({ id }) => id),
    ...plant.systems.map(({ id }) => id),
  ]);
  const wrong = ids.filter((id) => !have.has(id));
  return wrong.length === 0
    ? null
    : `${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} not in the plant.`;
}

/** Throws `bad_config` where the source names equipment that the plant has not. */
export function checkIds({ id, plant }: SourceContext, ids: readonly string[]): void {
  const wrong = unknownIds(plant, ids);
  if (wrong !== null)
    throw new AndonError('bad_config', `Source ${id}: ${wrong}`, 'Use the ids of your plant.');
}
