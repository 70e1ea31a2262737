import type { RecordOf } from '../../record.ts';
import type { Cause, Finding, Place } from '../cause.ts';
import { finding, near, ownFault, shows, signalMoves, standIs, wordsOf, machinesAt } from '../expect.ts';
import { extreme, valueAt } from '../looks.ts';
import { signalEvidence } from '../says.ts';
import type { Scene } from '../scene.ts';
import { badLot, empty, mismatch, shortage } from '../cues/material.ts';
import { cue, mentions, plainText } from '../words.ts';

const minute = 60_000;
/** The order that ran at the stop, and what it needs, where the ERP tells. */
export function runningOrders(scene: Scene): readonly RecordOf<'order'>[] {
  const started = scene.valid('order').filter((order) => {
    const ours = order.equipment === null || order.equipment === scene.line.id;
    return ours && (order.status === 'started' || order.status === 'held');
  });
  const exact = started.filter((order) => order.equipment === scene.line.id);
  return exact.length > 0 ? exact : started;
}

function needed(scene: Scene): readonly RecordOf<'material_requirement'>[] {
  const orders = new Set(runningOrders(scene).map(({ order }) => order));
  const all = scene.valid('material_requirement');
  const own = all.filter(({ order }) => orders.has(order));
  if (own.length > 0) return own;
  return orders.size > 0 ? [] : all.filter(({ equipment }) => equipment === scene.line.id);
}

/** Free stock of one material over all places, and the records that say so; null where nobody counts it. */
function freeStock(
  scene: Scene,
  material: string,
): { quantity: number; records: RecordOf<'stock'>[] } | null {
  const records = scene.valid('stock').filter((stock) => stock.material === material);
  if (records.length === 0) return null;
  const free = records.filter(({ stock }) => stock === 'free');
  return {
    quantity: free.reduce((sum, one) => sum + one.quantity, 0),
    records: free.length > 0 ? free : records,
  };
}

type Supply = {
  requirement: RecordOf<'material_requirement'>;
  short: boolean;
  sure: boolean;
  finding: Finding;
};

/** For each component of the running order: is there less than the twentieth part of what is still needed? */
function supplies(scene: Scene): Supply[] {
  return needed(scene).flatMap((requirement) => {
    const open = Math.max(requirement.required - requirement.withdrawn, 0);
    if (open === 0) return [];
    const stock = freeStock(scene, requirement.material);
    const limit = Math.max(open * 0.05, requirement.required * 0.01);
    const told = requirement.available;
    if (stock === null && told === null) return [];
    const byStock = stock === null ? null : stock.quantity <= limit;
    const byOrder = told === null ? null : told <= limit;
    const records = [requirement, ...(stock?.records.slice(0, 2) ?? [])];
    const sure = byStock === null || byOrder === null || byStock === byOrder;
    const short = byStock === true || byOrder === true;
    return [{ requirement, short, sure, finding: finding(scene, records, sure ? 1 : 0.5) }];
  });
}

const emptied = { measure: 'level', direction: 'down', z: 6, beforeS: 120, afterS: 20 } as const;

/** A level that has fallen to the bottom of its range just before the stop. */
function levelEmpty(scene: Scene, place: Place): Finding[] {
  return scene.looks.flatMap((look) => {
    if (look.measure !== 'level' || !machinesAt(place).includes(look.window.equipment)) return [];
    const { onset } = place.origin;
    const lowest = extreme(look, onset - 120_000, onset + 20_000 + scene.clocks.tolerance, 'down');
    const full = look.high ?? (look.window.unit === '%' ? 100 : look.usual);
    if (!lowest || full <= 0 || lowest.value > (look.low ?? 0) + full * 0.1) return [];
    const strength = lowest.value <= (look.low ?? 0) + full * 0.05 ? 1 : 0.6;
    return [
      {
        strength,
        evidence: [signalEvidence(look.window, lowest.at, lowest.value, scene.plant, scene.systems)],
      },
    ];
  });
}

/** Words of three letters or more that name a thing: of `cap_level` cap, of "Hopper caps low" hopper and caps. */
const thingsIn = (text: string): string[] =>
  plainText(text)
    .split(' ')
    .filter((word) => word.length >= 3 && !/^(level|low|empty|alarm|infeed|min|max|the|for|has)$/.test(word));

/**
 * Stock of what ran empty is in the warehouse: then it only did not get to the machine. Where no signal or
 * alarm names the thing, all components count together and less, and no single one is shown for it.
 */
function stockOfIt(scene: Scene, place: Place): Finding[] {
  const known = supplies(scene);
  if (known.length === 0 || known.some(({ short }) => short)) return [];
  const words = [
    ...levelEmpty(scene, place).flatMap(({ evidence }) =>
      evidence.map(({ id }) => id.split('/').at(-1) ?? ''),
    ),
    ...(place.origin.stand?.alarms ?? []).map(({ text }) => text),
  ].flatMap((text) => thingsIn(text.split('@')[0] ?? ''));
  const same = known.find(({ requirement }) =>
    thingsIn(requirement.description).some((word) =>
      words.some((one) => one.startsWith(word.slice(0, 4)) || word.startsWith(one.slice(0, 4))),
    ),
  );
  return [same ? same.finding : { strength: 0.5, evidence: [] }];
}

const levelSeen = (scene: Scene, place: Place): boolean =>
  scene.looks.some(
    (look) =>
      look.measure === 'level' &&
      machinesAt(place).includes(look.window.equipment) &&
      valueAt(look, place.origin.onset) !== null,
  );

/** At this machine, or told for the line as a whole. */
const ofMachine = (scene: Scene, equipment: string | null, machine: string): boolean =>
  equipment === null || equipment === scene.line.id || equipment === machine;

const lotsBefore = (scene: Scene, hours: number): RecordOf<'lot'>[] =>
  scene
    .all('lot')
    .filter(
      (lot) =>
        (lot.event === 'started' || lot.event === 'staged') &&
        Date.parse(lot.at) <= scene.from &&
        Date.parse(lot.at) >= scene.from - hours * 60 * minute,
    );

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
      ...wordsOf(empty, 2.5, 'an alarm of an empty magazine, reel or hopper', 0.4),
      // A machine whose level reads zero as it stops stands for that: decisive, and a little more than words.
      shows('signal', 3.5, 'a level at the bottom', levelEmpty, { missing: 1.5, visible: levelSeen }),
      shows('erp', 0.8, 'stock in the warehouse', stockOfIt),
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
        (scene) => supplies(scene).flatMap((one) => (one.short ? [one.finding] : [])),
        { missing: 1.8, needs: 'material_requirement' },
      ),
      shows('erp', -1.5, 'enough stock of all components', (scene) => {
        const known = supplies(scene);
        return known.length > 0 && known.every(({ short, sure }) => !short && sure)
          ? known.slice(0, 2).map((one) => one.finding)
          : [];
      }),
      ...wordsOf(shortage, 2, 'an alarm of missing material', 0),
      standIs(['starved', 'generic', 'waiting'], 0.6, 'the first machine without supply'),
      shows('alarm', 0.6, 'an alarm that nothing comes in', (scene, place) =>
        scene.alarms
          .filter((alarm) => alarm.equipment === place.origin.entry && alarm.says === 'starved')
          .map((alarm) =>
            finding(scene, [alarm.record], near(alarm.from, place.origin.onset, 60_000, 60_000)),
          ),
      ),
      ownFault(
        -1.2,
        cue('starv', 'lack', 'no ', 'empty', 'missing', 'wait', 'fehl', 'mangel', 'falta', 'sin '),
      ),
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
      shows(
        'mes',
        2,
        'a change of lot shortly before',
        (scene, { origin }) =>
          lotsBefore(scene, 2)
            .filter(({ equipment }) => ofMachine(scene, equipment, origin.entry))
            .slice(-1)
            // A new lot shows itself within its first half hour; staged at this very machine it says more.
            .map((lot) =>
              finding(
                scene,
                [lot],
                near(Date.parse(lot.at), scene.from, 30 * minute, 0) *
                  (lot.equipment === origin.entry ? 1 : 0.6),
              ),
            ),
        { missing: 1, needs: 'lot' },
      ),
      shows('quality', 2, 'another lot staged while the machine stood', (scene, { origin }) => {
        const [before] = lotsBefore(scene, 2).filter(({ equipment }) => equipment === origin.entry);
        if (!before) return [];
        return scene
          .all('lot')
          .filter((lot) => lot.equipment === origin.entry && lot.lot !== before.lot)
          .filter((lot) => lot.material === before.material && lot.event !== 'finished')
          .filter(({ at }) => Date.parse(at) > scene.from && Date.parse(at) <= scene.end + 2 * minute)
          .slice(0, 1)
          .map((lot) => finding(scene, [lot]));
      }),
      shows('quality', 2, 'a failed inspection of the material', (scene) =>
        scene
          .valid('inspection')
          .filter(({ failed }) => failed.length > 0)
          .map((one) => finding(scene, [one], near(Date.parse(one.at), scene.from, 8 * 60 * minute, 0))),
      ),
      ...wordsOf(badLot, 1.2, 'an alarm about the material', 0.8),
      signalMoves(
        { measure: 'load', direction: 'up', z: 3, beforeS: 1800, afterS: 0, lasting: true },
        1.2,
        'more scatter of torque since the change of lot',
        0.8,
      ),
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
      ...wordsOf(mismatch, 2.5, 'an alarm of a code reader or check', 1.2),
      shows('mes', 3, 'a lot of another material staged', (scene, { origin }) => {
        const wanted = new Set(needed(scene).map(({ material }) => material));
        if (wanted.size === 0) return [];
        return (
          lotsBefore(scene, 4)
            .filter(({ material }) => !wanted.has(material) && plainText(material) !== '')
            .filter(({ equipment }) => ofMachine(scene, equipment, origin.entry))
            .slice(-1)
            // Bulk for the whole line is often not in the list of components; at this machine it is decisive.
            .map((lot) => finding(scene, [lot], lot.equipment === origin.entry ? 1 : 0.2))
        );
      }),
      shows('place', 0.3, 'the machine held', (scene, { origin: { stand } }) =>
        stand?.kind === 'internal' && !stand.alarms.some((alarm) => mentions(alarm.text, empty))
          ? [finding(scene, [stand.span.record])]
          : [],
      ),
    ],
  },
];
