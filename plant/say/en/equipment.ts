import type { Plant } from '../../equipment.ts';
import type { Named } from '../../names.ts';
import { compose, factual } from '../said.ts';
import type { Said } from '../said.ts';
import { count, lineName, listed } from './words.ts';

const kindWords: Record<Named['kind'], string> = {
  line: 'line',
  machine: 'machine',
  supply: 'material supply',
  dispatch: 'dispatch',
  utility: 'shared supply',
  system: 'IT system',
};

/** What things of the plant are called. `asked: null`: the whole plant. */
export function sayEquipment(
  about: { found: readonly Named[]; asked: string | null; total: number },
  plant: Plant,
): Said {
  const { found, asked, total } = about;
  const words = (one: Named): string => {
    const line = one.line && one.kind !== 'line' ? ` of ${lineName(plant, one.line)}` : '';
    const aliases = one.aliases.length > 0 ? `, also called ${listed(one.aliases)}` : '';
    return `${one.name}${line}: ${kindWords[one.kind]}${aliases}`;
  };
  const lines = plant.lines.map((line) => `${line.name} (${count(line.machines.length, 'machine')})`);
  const [only] = found;
  const first =
    asked === null
      ? `${plant.name} has ${count(plant.lines.length, 'line')}: ${listed(lines)}.`
      : total === 1 && only
        ? `${words(only)}.`
        : `${count(total, 'thing')} can be meant: ${listed(found.slice(0, 6).map(({ name, line, kind }) => (line && kind !== 'line' ? `${name} of ${lineName(plant, line)}` : name)))}.`;
  return compose({
    first: factual(first),
    blocks: [
      {
        list: true,
        sentences: asked !== null && total === 1 ? [] : found.slice(0, 12).map((one) => factual(words(one))),
      },
    ],
    followUps: only?.line ? [`How is ${lineName(plant, only.line)} now?`] : [],
  });
}
