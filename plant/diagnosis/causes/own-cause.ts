import type { Plant } from '../../equipment.ts';
import type { OwnCause } from '../../own-cause.ts';
import { catalogue } from './catalogue.ts';
import type { Cause, Expectation } from './cause.ts';
import { alarmSays } from '../cues/alarms.ts';
import { near, shows, sighting } from '../cues/expect.ts';
import { noteSays, reasonSays } from '../cues/written.ts';
import type { Measure } from '../records/measure.ts';
import { signalMoves } from '../cues/moves.ts';
import { folded } from '../records/words.ts';

const groups = {
  quality: 'quality',
  inspection: 'quality',
  lot: 'mes',
  maintenance: 'maintenance',
  calendar: 'plan',
  system: 'system',
} as const;

/** People's words, not a pattern: each is found at the beginning of a word, signs have no meaning. */
const cueOf = (words: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${words.map((one) => folded(one).replaceAll(/[+<>=%]/g, '\\$&')).join('|')})`);

function eventShows({
  kind,
  field,
  is,
  minutes: before,
  weight: points,
}: OwnCause['events'][number]): Expectation {
  return shows(groups[kind], points, `${kind} ${field} ${is}`, (scene, { origin }) =>
    scene
      .valid(kind)
      .filter(
        ({ equipment }) => equipment === null || equipment === origin.entry || equipment === scene.line.id,
      )
      .filter(
        (record) => String((record as Record<string, unknown>)[field]).toLowerCase() === is.toLowerCase(),
      )
      .map((record) =>
        sighting(scene, [record], near(Date.parse(record.at), scene.from, before * 60_000, 60_000)),
      ),
  );
}

const stockShows = ({ material, below, weight: points }: OwnCause['stock'][number]): Expectation =>
  shows(
    'erp',
    points,
    `too little stock of ${material}`,
    (scene) => {
      const free = scene.valid('stock').filter((one) => one.material === material && one.stock === 'free');
      const left = free.reduce((sum, { quantity }) => sum + quantity, 0);
      return free.length > 0 && left < below ? [sighting(scene, free)] : [];
    },
    { missing: points > 0 ? points / 2 : 0, needs: 'stock' },
  );

/** At machines it cannot happen to, everything speaks against it. */
const notHere = (machines: readonly string[]): Expectation =>
  shows('place', -6, 'a machine it cannot happen to', (scene, { origin }) => {
    const kind = scene.line.machines.find(({ id }) => id === origin.entry)?.class ?? '';
    return machines.includes(kind) || machines.includes(origin.entry) ? [] : [{ strength: 1, evidence: [] }];
  });

/** The plant's own causes (`plant.causes` of its YAML) as entries beside the catalogue. */
export const ownCauses = (specs: readonly OwnCause[]): Cause[] =>
  specs.map((spec) => ({
    id: spec.id,
    class: spec.class,
    scope: spec.at,
    share: spec.share,
    words: (at) => spec.words.replaceAll('{at}', at),
    check: (at) => spec.check.replaceAll('{at}', at),
    evidence: [
      ...spec.alarms.flatMap(({ says, weight: points }) => [
        alarmSays(cueOf(says), points, `an alarm "${says[0]}"`, points > 0 ? 0.8 : 0),
        noteSays(cueOf(says), points),
        reasonSays(cueOf(says), Math.min(1.2, points)),
      ]),
      ...spec.signals.map(({ measures, moves, deviations, minutes: before, weight: points }) =>
        signalMoves(
          {
            measure: measures satisfies Measure,
            direction: moves,
            z: deviations,
            beforeS: before * 60,
            afterS: 10,
          },
          points,
          `${measures} ${moves}`,
          points > 0 ? points / 2 : 0,
        ),
      ),
      ...spec.events.map(eventShows),
      ...spec.stock.map(stockShows),
      ...(spec.machines.length > 0 ? [notHere(spec.machines)] : []),
    ],
  }));

/** Every cause there is at this plant: the catalogue and its own. */
export const causesOf = ({ causes = [] }: Pick<Plant, 'causes'>): readonly Cause[] => [
  ...catalogue,
  ...ownCauses(causes),
];
