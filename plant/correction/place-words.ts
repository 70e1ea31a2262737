import type { Line, Plant } from '../equipment.ts';
import { servesLine } from '../equipment.ts';
import { matches, portalsOf } from '../names.ts';

/**
 * What machines are called in German and Spanish, and what goes into them, as word stems. Names and aliases of
 * the YAML come first; these help where people say it in another language, or name the thing that ran out.
 */
const called: readonly (readonly [classes: string, stems: string])[] = [
  ['filler', 'fuller fueller abfuller llenadora'],
  ['capper', 'kapper verschliesser verschrauber taponadora tapadora'],
  ['seamer', 'falzer dosenverschliesser cerradora engargoladora'],
  ['labeller labeler', 'etikettierer etikettiermaschine etiquetadora'],
  ['packer case-packer', 'packer packmaschine einpacker empacadora embaladora encajonadora'],
  ['palletizer palletiser', 'palettierer paletizador paletizadora'],
  ['depalletizer depalletiser', 'depalettierer entpalettierer abraumer despaletizador despaletizadora'],
  ['rinser', 'spuler enjuagadora'],
  ['pasteurizer pasteuriser', 'pasteur pasteurisierer pasteurizador'],
  ['checkweigher', 'kontrollwaage waage pesadora'],
  ['cartoner', 'kartonierer encartuchadora estuchadora'],
  ['sealer', 'siegler versiegler selladora'],
  ['former', 'former formadora'],
  ['wrapper', 'wickler folienwickler envolvedora'],
  ['tester', 'prufer prufstand probador'],
  ['assembler', 'montage ensambladora'],
  ['conveyor', 'forderband band transportador cinta'],
  ['washer', 'wascher waschmaschine lavadora'],
];
const consumed: readonly (readonly [classes: string, stems: string])[] = [
  [
    'capper seamer closer',
    'cap caps closure closures kappe kappen verschlusse deckel tapa tapas tapon tapones',
  ],
  ['seamer', 'lid lids ends'],
  ['labeller labeler printer', 'label labels etikett etiketten etiqueta etiquetas ribbon farbband'],
  ['cartoner packer case-packer', 'carton cartons box boxes case cases karton kartons caja cajas'],
  ['former wrapper packer sealer', 'film foil folie pelicula lamina'],
  [
    'palletizer palletiser depalletizer depalletiser',
    'pallet pallets palette paletten palet palets tarima tarimas',
  ],
];

export const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** Words of a sentence that are a typo from a name without being one. */
const notNames = new Set(
  (
    'the was were it that this there what who why not no yes and for out ran run runs empty wrong right cause reason ' +
    'actually really because from line machine stop stopped stood der die das den dem war ist und nicht nein falsch ' +
    'leer aus weil grund ursache linie maschine stand los las una uno fue era por que sin con linea maquina causa ' +
    'pack packs test label labels cap caps power system server full fell form base cover case cases paper'
  ).split(' '),
);

const withClass = (line: Line, classes: string): string[] =>
  line.machines
    .filter((one) => {
      const own = [one.class, one.id.slice(one.id.lastIndexOf('.') + 1), ...one.name.split(' ')].map(bare);
      return classes.split(' ').some((name) => own.includes(bare(name)));
    })
    .map(({ id }) => id);

/** Places of the line that these words name: machines, its supply and dispatch, utilities and systems. In the order they are said. */
export function placesNamed(text: string, plant: Plant, line: Line): string[] {
  const words = bare(text).split(' ').filter(Boolean);
  const found: string[] = [];
  for (let at = 0; at < words.length;) {
    const taken = nameAt(words, at, plant, line);
    found.push(...(taken?.ids ?? []));
    at += taken?.words ?? 1;
  }
  return [...new Set(found)];
}

function nameAt(
  words: readonly string[],
  at: number,
  plant: Plant,
  line: Line,
): { ids: string[]; words: number } | null {
  for (let count = Math.min(4, words.length - at); count >= 1; count -= 1) {
    const window = words.slice(at, at + count);
    if (window.every((word) => notNames.has(word) || word.length < 3)) continue;
    if (count > 1 && (notNames.has(window[0] ?? '') || (window.at(-1) ?? '').length < 3)) continue;
    const ids = matches(plant, window.join(' '))
      .filter((one) => one.kind !== 'line' && (one.line === null || one.line === line.id))
      .map(({ id }) => id);
    if (ids.length > 0) return { ids, words: count };
    const [word = ''] = window;
    if (count > 1) continue;
    const classes = called.find(([, stems]) => stems.split(' ').includes(word))?.[0];
    if (classes) return { ids: withClass(line, classes), words: 1 };
  }
  return null;
}

/** Machines that use what these words name: "the caps" is about the capper. */
export function machinesUsing(text: string, line: Line): string[] {
  const words = new Set(bare(text).split(' '));
  const classes = consumed.filter(([, stems]) => stems.split(' ').some((stem) => words.has(stem)));
  return [...new Set(classes.flatMap(([names]) => withClass(line, names)))];
}

/** Everything a cause of this line can lie at. */
export function placesOf(plant: Plant, line: Line): string[] {
  const own = [line.id, ...line.machines.map(({ id }) => id), ...portalsOf(line).map(({ id }) => id)];
  const shared = [...plant.utilities, ...plant.systems].filter(({ serves }) => servesLine(serves, line));
  return [...own, ...shared.map(({ id }) => id)];
}
