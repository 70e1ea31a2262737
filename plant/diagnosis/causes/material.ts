import type { Cause, Place, Sighting } from './cause.ts';
import type { Scene } from '../scene.ts';
import { alarmSays, ownFault } from '../cues/alarms.ts';
import { near, shows, sighting, standIs } from '../cues/expect.ts';
import { wordsOf } from '../cues/written.ts';
import { labours } from '../cues/drifts.ts';
import { blow, signalMoves } from '../cues/moves.ts';
import { levelEmpty, levelSeen, noneLeftOfIt, stockOfIt } from '../cues/levels.ts';
import { lotChanged, lotFoundBad, lotReplaced, materialReplaced, notOfTheOrder } from '../cues/lots.ts';
import { badLot, empty, jam, mismatch, noRead, shortage, wanting } from '../cues/concepts.ts';
import { changeoverJustOver } from '../cues/plans.ts';
import { againAndAgain } from '../cues/repeats.ts';
import { bookedToNothing, emptyForLong, shortCame, supplies } from '../cues/supplies.ts';

const minute = 60_000;
const emptied = { measure: 'level', direction: 'down', z: 6, beforeS: 120, afterS: 20 } as const;

/**
 * PackML: a machine that has to be filled by hand is held; one that is suspended waits for its neighbours. Where the
 * plant says what delivers to this very machine, that did not come.
 */
const waitsForSupply = ({ line }: Scene, { origin: { entry, stand } }: Place): Sighting[] =>
  (stand?.kind === 'starved' || stand?.kind === 'waiting') && line.supply.some(({ at }) => at === entry)
    ? [{ strength: 1, evidence: [] }]
    : [];

/**
 * A magazine ran empty that the plant says what delivers to, and nobody knows of any stock of it: nothing came. Where
 * stock is known, the warehouse had it or not, and that is told by the ERP.
 */
const nothingDelivered = (scene: Scene, place: Place): Sighting[] =>
  scene.line.supply.some(({ at }) => at === place.origin.entry) && supplies(scene).length === 0
    ? levelEmpty(scene, place)
    : [];

export const materialCauses: readonly Cause[] = [
  {
    id: 'consumable_empty',
    class: 'material',
    scope: 'machine',
    share: 1.5,
    words: (at) => `a consumable that ran empty at ${at}`,
    check: (at) =>
      `look at the magazines, reels and hoppers of ${at}: is one empty while stock is in the warehouse?`,
    evidence: [
      // Many machines raise no alarm of their own for it: they hold and light a lamp.
      ...wordsOf(empty, 2.5, 'an alarm of an empty magazine, reel or hopper', 0.4, [badLot]),
      // A machine whose level reads zero as it stops stands for that: decisive, and a little more than words.
      shows('signal', 4.5, 'a level near empty', levelEmpty, { missing: 1.5, visible: levelSeen }),
      shows('erp', 0.8, 'stock in the warehouse', stockOfIt),
      // Then nobody could have refilled it: the warehouse is the cause and the empty magazine its effect.
      shows('erp', -6, 'nothing of it left in the warehouse', noneLeftOfIt),
      shows('place', -2, 'a machine that waits for what is delivered to it', waitsForSupply),
      shows('mes', -4, 'a magazine that its supply had not filled again', nothingDelivered),
      standIs(['setup'], -2, 'the machine in setup'),
      signalMoves(emptied, 0.8, 'a falling level', 0),
    ],
  },
  {
    id: 'component_stockout',
    class: 'material',
    scope: 'supply or machine',
    share: 1.2,
    words: () => 'a component of the order that is out of stock',
    check: () =>
      'count the components of the running order in the warehouse, and ask when the next delivery comes',
    evidence: [
      shows(
        'erp',
        3,
        'a component short in the ERP',
        (scene) =>
          supplies(scene).flatMap(({ requirement, short, sighting: seen }) => {
            if (!short) return [];
            const wrong = emptyForLong(scene, requirement.material);
            return [{ ...seen, strength: seen.strength * (wrong ? 0.4 : 1) }];
          }),
        { missing: 1.8, needs: 'material_requirement' },
      ),
      shows(
        'erp',
        4.5,
        'stock of it that came just before the line ran again',
        (scene) => shortCame(scene).came,
      ),
      shows('erp', -2, 'a line that ran again although nothing had come', (scene, place) =>
        noneLeftOfIt(scene, place).length > 0 ? [] : shortCame(scene).ranWithout,
      ),
      // The magazine is empty and so is the warehouse: the machine tells when, the ERP tells why.
      shows('erp', 5, 'nothing left of what ran empty at the machine', noneLeftOfIt),
      shows('signal', 4.5, 'a level near empty of what is out of stock', (scene, place) =>
        noneLeftOfIt(scene, place).length > 0 ? levelEmpty(scene, place) : [],
      ),
      shows('alarm', 2.5, 'an alarm of a magazine, reel or hopper of what is out of stock', (scene, place) =>
        noneLeftOfIt(scene, place).length > 0 ? alarmSays(empty, 1, '').look(scene, place) : [],
      ),
      shows('signal', 4.5, 'an empty magazine that its supply had not filled again', nothingDelivered),
      shows('erp', 4, 'stock that was booked to nothing while the line stood', bookedToNothing),
      shows('erp', -1.5, 'enough stock of all components', (scene) => {
        const known = supplies(scene);
        if (bookedToNothing(scene).length > 0) return [];
        return known.length > 0 && known.every(({ short, sure }) => !short && sure)
          ? known.slice(0, 2).map((one) => one.sighting)
          : [];
      }),
      ...wordsOf(shortage, 2, 'an alarm of missing material', 0),
      standIs(['starved', 'generic', 'waiting'], 0.6, 'the first machine without supply'),
      shows('alarm', 0.6, 'an alarm that nothing comes in', (scene, place) =>
        scene.alarms
          .filter((alarm) => alarm.equipment === place.origin.entry && alarm.says === 'starved')
          .map((alarm) =>
            sighting(scene, [alarm.record], near(alarm.from, place.origin.onset, 60_000, 60_000)),
          ),
      ),
      ownFault(-1.2, wanting),
    ],
  },
  {
    id: 'bad_lot',
    class: 'material',
    scope: 'machine',
    share: 0.7,
    words: (at) => `material of a bad lot at ${at}`,
    check: (at) => `measure some pieces of the lot in use at ${at} against the lot before`,
    evidence: [
      shows('mes', 2.2, 'a change of lot shortly before', lotChanged, { missing: 1.5, needs: 'lot' }),
      // Bad pieces do not come once: the machine chokes on them again and again until the lot is gone.
      shows('place', 2, 'the same stop again and again since then', againAndAgain, {
        missing: 1.2,
        needs: 'state',
      }),
      shows('quality', 2.5, 'another lot of it put in place while the machine stood', lotReplaced),
      shows('quality', 4, 'a test that found this lot bad', lotFoundBad),
      shows('quality', 2, 'a failed inspection of the material', (scene) =>
        scene
          .valid('inspection')
          .filter(({ failed }) => failed.length > 0)
          .map((one) => sighting(scene, [one], near(Date.parse(one.at), scene.from, 8 * 60 * minute, 0))),
      ),
      ...wordsOf(badLot, 2.5, 'an alarm about the material', 0),
      alarmSays(jam, 1, 'a jam alarm', 0),
      signalMoves(blow, 1.2, 'a spike of torque or current', 0),
      shows('signal', -2, 'a load or vibration that had grown for minutes', labours),
      shows('plan', -1, 'a changeover that had just ended', changeoverJustOver),
    ],
  },
  {
    id: 'wrong_material',
    class: 'material',
    scope: 'machine',
    share: 0.7,
    words: (at) => `wrong material at ${at}`,
    check: (at) => `compare the material at ${at} with the bill of material of the running order`,
    evidence: [
      ...wordsOf(mismatch, 2.5, 'an alarm of a code reader or check', 0.8),
      alarmSays(noRead, 2, 'a code that was not read', 0),
      shows('mes', 3.5, 'a lot of another material in place', notOfTheOrder, { missing: 0.8, needs: 'lot' }),
      shows('quality', 3, 'another material put in its place while the machine stood', materialReplaced),
      standIs(['internal'], 0.3, 'the machine held'),
      shows('place', -1, 'the same stop again and again', againAndAgain),
    ],
  },
];
