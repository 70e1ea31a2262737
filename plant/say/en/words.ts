import type { Plant } from '../../equipment.ts';
import { allNamed, editDistance } from '../../names.ts';

/** `Capper` -> `the capper`; names with digits or several capitals stay as they are written. */
function withArticle(name: string): string {
  const common = /^\p{Lu}?[\p{Ll} -]+$/u.test(name);
  return common ? `the ${name[0]?.toLowerCase() ?? ''}${name.slice(1)}` : name;
}

/**
 * A machine whose name is the English word for what it is (its class or the end of its id) is a common noun:
 * `Packer` -> `the packer`. Any other name is a proper name and keeps its capital: `Palettierer` -> `the Palettierer`;
 * so does every name of a plant that speaks another language, and `Füller`, for English has no such letter.
 */
function machineName(plant: Plant, id: string, name: string): string {
  if (!/^\p{Lu}?[\p{Ll} -]+$/u.test(name)) return name;
  const kind = plant.lines.flatMap(({ machines }) => machines).find((one) => one.id === id)?.class ?? '';
  const plain = name.toLowerCase();
  const common = [kind, id.slice(id.lastIndexOf('.') + 1)]
    .map((word) => word.replaceAll(/[-_.]+/g, ' ').replaceAll(/[\d ]+$/g, ''))
    .some((word) => word !== '' && (plain.includes(word) || editDistance(plain, word) <= 2));
  const english = plant.language === 'en' && /^[A-Za-z -]+$/.test(name);
  return common && english ? withArticle(name) : `the ${name}`;
}

/** What people call this place, as it stands in a sentence. An unknown id becomes plain words, never an id. */
export function placeWords(plant: Plant, id: string): string {
  const thing = allNamed(plant).find((named) => named.id === id);
  if (!thing) return withArticle(id.slice(id.lastIndexOf('.') + 1).replaceAll(/[-_.]+/g, ' '));
  switch (thing.kind) {
    case 'line':
      return thing.name;
    case 'utility':
      if (plant.language !== 'en') return thing.name;
      return withArticle(thing.name).replace(/^the (?=compressed air|power|steam|water|chilled)/, '');
    case 'supply':
    case 'dispatch': {
      const line = plant.lines.find((one) => one.id === thing.line);
      return `${withArticle(thing.name)} of ${line?.name ?? 'the line'}`;
    }
    case 'machine':
      return machineName(plant, id, thing.name);
    default:
      return withArticle(thing.name);
  }
}

/** The same without an article, as it stands at the head of a row or in a list: `packer`, `Palettierer`. */
export const placeName = (plant: Plant, id: string): string => placeWords(plant, id).replace(/^the /, '');

/** The same in a sentence with the line said too, where the sentence does not: `the capper of Line 3`. */
export function placeWithLine(plant: Plant, id: string): string {
  const thing = allNamed(plant).find((named) => named.id === id);
  const line = thing?.kind === 'machine' ? plant.lines.find((one) => one.id === thing.line) : undefined;
  return line ? `${placeWords(plant, id)} of ${line.name}` : placeWords(plant, id);
}

export const lineName = (plant: Plant, id: string): string =>
  plant.lines.find((line) => line.id === id)?.name ?? id;

/** What stands `at` or `of` a place, without it: `a tripped drive` of `a tripped drive at the packer`. Words that end otherwise stay. */
export function withoutPlace(words: string, place: string): string {
  const tail = [` at ${place}`, ` of ${place}`].find((one) => words.endsWith(one)) ?? '';
  return words.slice(0, words.length - tail.length);
}

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

/** `1 stop`, `3 stops`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${value} ${value === 1 ? one : many}`;

const [whole, tenths, thousandths] = [0, 1, 3].map(
  (digits) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits }),
) as [Intl.NumberFormat, Intl.NumberFormat, Intl.NumberFormat];

/** A figure as people read it: 4,100 · 6.2 · 0.03. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return (size >= 100 || Number.isInteger(value) ? whole : size >= 1 ? tenths : thousandths).format(value);
}

export const withUnit = (value: number, unit: string): string =>
  unit === '' ? figure(value) : `${figure(value)} ${unit}`;

/** `infeed_level` -> `infeed level`. */
export const signalWords = (signal: string): string => signal.replaceAll('_', ' ');

type Quantities = { confirmed: number; planned: number; unit: string };

/** How much of an order is done: `1,000 of 5,000 PC`. */
export const doneWords = ({ confirmed, planned, unit }: Quantities): string =>
  `${figure(confirmed)} of ${withUnit(planned, unit)}`;

/** Contracts allow up to a tenth more than was ordered; beyond that the books or the counter want a look. */
const tolerated = 1.1;
export const confirmedWords = (order: Quantities): string =>
  `${doneWords(order)} confirmed${order.planned > 0 && order.confirmed > order.planned * tolerated ? ', far more than was ordered' : ''}`;
