import type { Cause } from './cause.ts';
import { alarmSays } from '../cues/alarms.ts';
import { near, shows, sighting, standIs } from '../cues/expect.ts';
import { noteSays, wordsOf, workSays } from '../cues/written.ts';
import { drifts, followedSetting, labours, signalDrifts } from '../cues/drifts.ts';
import { rejectsRise, signalMoves } from '../cues/moves.ts';
import { isCheck } from '../cues/checks.ts';
import { coolingWarms, fedBadly, warmTogether } from '../cues/utilities.ts';
import { airing, cold, cooling, fill, heat, hot, leak, rejects } from '../cues/concepts.ts';
import { mentions, folded } from '../records/words.ts';

const minute = 60_000;

/** Heat comes and settles at a higher level: by its course it may look like a slope or like a step. */
const hotter = { measures: ['temperature'], direction: 'up', share: 0.025 } as const;
const colder = { measures: ['temperature'], direction: 'down', share: 0.02 } as const;
/** A valve that leaks loses pressure, vacuum or flow slowly, and more and more. */
const losing = { measures: ['pressure'], direction: 'down', share: 0.02, kind: 'slope' } as const;

/** Causes that show in the values of the process: warm, cold, leaking. */
export const processCauses: readonly Cause[] = [
  {
    id: 'temperature_low',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a temperature below the working range at ${at}`,
    check: (at) => `read the temperature at ${at}: has it reached its set value?`,
    evidence: [
      ...wordsOf(cold, 2.5, 'an alarm of low temperature', 0.6),
      shows('system', -3, 'a utility of it that had gone before', fedBadly),
      shows('quality', -3, 'a setting that was changed before it moved', followedSetting),
      signalDrifts(colder, 4, 'a temperature that fell while the machine ran', 1.5),
      signalMoves(
        { measure: 'temperature', direction: 'down', z: 6, share: 0.05, beforeS: 300, afterS: 0 },
        1,
        'a temperature below usual',
        0,
      ),
    ],
  },
  {
    id: 'overheating',
    class: 'machine',
    scope: 'machine',
    words: (at) => `overheating of ${at}`,
    check: (at) => `feel and read the temperature of ${at}, and look at its filters and fans`,
    evidence: [
      ...wordsOf(hot, 2.5, 'an alarm of high temperature', 0.6, [cooling]),
      signalDrifts(hotter, 4, 'a temperature that climbed until the stop', 1.5),
      // A drive that works harder gets warm, too: then the load is the cause and the heat its effect.
      shows('signal', -2, 'a load or vibration that had grown as well', labours),
      shows('system', -3, 'a utility of it that had gone before', fedBadly),
      shows('quality', -3, 'a setting that was changed before it moved', followedSetting),
      // The machine is hot because what cools it is warm.
      shows('system', -3, 'cooling water that got warm before', coolingWarms),
      shows('place', -3, 'machines of the same cooling that got warm together', warmTogether),
      workSays(airing),
      noteSays(heat),
    ],
  },
  {
    id: 'valve_leak',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a leaking valve at ${at}`,
    check: (at) => `look at the valves of ${at}: does one drip, and are the rejects all from one?`,
    evidence: [
      ...wordsOf(leak, 2, 'an alarm of a valve or the fill', 0.3),
      alarmSays(rejects, 1.2, 'an alarm of rejects', 0),
      shows('quality', 2, 'a failed check of the fill', (scene) =>
        scene
          .valid('inspection')
          .filter(({ failed }) => mentions(folded(failed.join(' ')), fill))
          .map((one) =>
            sighting(scene, [one], near(Date.parse(one.at), scene.from, 60 * minute, 10 * minute)),
          ),
      ),
      shows('mes', 1.2, 'scrap for the fill', (scene) =>
        scene
          .all('scrap')
          .filter((one) => Math.abs(Date.parse(one.at) - scene.from) < 60 * minute)
          .filter((one) => mentions(folded(one.reason ?? ''), leak))
          .slice(-1)
          .map((one) => sighting(scene, [one])),
      ),
      signalDrifts(losing, 2.5, 'a pressure that fell slowly', 1.2),
      rejectsRise(1.5, 0.8),
      // Each alone may be something else; both together are a leak of what is filled.
      shows('signal', 4, 'a pressure that fell slowly while rejects rose', (scene, place) => {
        const [fell] = drifts(scene, place, losing);
        const [rose] = rejectsRise(1, 0).look(scene, place);
        if (!fell || !rose) return [];
        return [{ strength: fell.strength, evidence: [...fell.evidence, ...rose.evidence] }];
      }),
      shows('system', -3, 'a utility of it that had gone before', fedBadly),
      shows('quality', -3, 'a setting that was changed before it moved', followedSetting),
      // A machine that only measures has no valves of the product.
      shows('place', -2, 'a machine that only checks', isCheck),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
];
