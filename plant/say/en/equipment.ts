import { flowOf } from '../../diagnosis/localise/topology.ts';
import type { Line, Plant } from '../../equipment.ts';
import type { Named } from '../../names.ts';
import { compose, factual } from '../said.ts';
import type { Said } from '../said.ts';
import { count, figure, lineName, listed, placeName, placeWords } from './words.ts';

const kindWords: Record<Named['kind'], string> = {
  line: 'line',
  machine: 'machine',
  supply: 'material supply',
  dispatch: 'dispatch',
  utility: 'shared supply',
  system: 'IT system',
};

/** `the pasteurizer (400 units fit between)`: machines before or after one, and what the buffer holds. */
const besides = (line: Line, plant: Plant, flow: 'from' | 'to', id: string): string =>
  listed(
    flowOf(line)
      .edges.filter((edge) => edge[flow === 'from' ? 'to' : 'from'] === id)
      .map((edge) => {
        const fit = edge.capacity > 0 ? ` (${figure(edge.capacity)} units fit between)` : '';
        return `${placeWords(plant, edge[flow])}${fit}`;
      }),
  );

/** What the plant's file says of a line or a machine besides its names; nothing of anything else. */
function detailsOf({ kind, id, line: of }: Named, plant: Plant): string[] {
  const line = plant.lines.find((one) => one.id === (kind === 'line' ? id : of));
  if (!line) return [];
  if (kind === 'line')
    return [`In the order of the flow: ${listed(line.machines.map((one) => placeName(plant, one.id)))}.`];
  const machine = line.machines.find((one) => one.id === id);
  if (!machine) return [];
  const [before, after] = [besides(line, plant, 'from', id), besides(line, plant, 'to', id)];
  return [
    ...(machine.rate ? [`Its rated speed is ${figure(machine.rate)} units a minute.`] : []),
    ...(before === '' ? [] : [`Before it: ${before}.`]),
    ...(after === '' ? [] : [`After it: ${after}.`]),
  ];
}

/** What things of the plant are called. `asked: null`: the whole plant. */
export function sayEquipment(
  about: { found: readonly Named[]; asked: string | null; total: number },
  plant: Plant,
): Said {
  const { found, asked, total } = about;
  const words = (one: Named): string => {
    const line = one.line && one.kind !== 'line' ? ` of ${lineName(plant, one.line)}` : '';
    const aliases = one.aliases.length > 0 ? `, also called ${listed(one.aliases)}` : '';
    const machines = plant.lines.find(({ id }) => id === one.id)?.machines.length;
    const what = machines === undefined ? kindWords[one.kind] : `line of ${count(machines, 'machine')}`;
    return `${one.name}${line}: ${what}${aliases}`;
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
      { sentences: total === 1 && only ? detailsOf(only, plant).map((one) => factual(one)) : [] },
      {
        list: true,
        sentences: asked !== null && total === 1 ? [] : found.slice(0, 12).map((one) => factual(words(one))),
      },
    ],
    followUps: only?.line ? [`How is ${lineName(plant, only.line)} now?`] : [],
  });
}
