import type { Cause } from '../cause.ts';
import {
  alarmSays,
  finding,
  near,
  noteSays,
  rejectsRise,
  ownFault,
  reasonSays,
  shows,
  signalMoves,
  standIs,
  wordsOf,
} from '../expect.ts';
import type { PlantRecord } from '../../record.ts';
import type { Scene } from '../scene.ts';
import { cue, mentions, plainText } from '../words.ts';
import { rejects } from '../cues/machine.ts';
import { runningOrders } from './material.ts';

const minute = 60_000;
const hold = cue(
  'quality (hold|stop|block)',
  'qa\\b',
  'q hold',
  'on hold',
  'hold\\b',
  'lab (said|stop|hold|release|wait)',
  'waiting for (release|quality|lab|qa)',
  'blocked by quality',
  'not released',
  '(qa|quality|lab|qs) release',
  'quarantine',
  'gesperrt',
  'qs\\b',
  'sperr',
  'freigabe',
  'retenid',
  'calidad',
  'liberacion',
  'bloqueado por',
);
const weigher = cue(
  'calibrat',
  'zero drift',
  'weight (drift|deviation|check)',
  'check ?weigher',
  'reject (rate|limit)',
  'false reject',
  'kalibr',
  'waage',
  'calibracion',
  'bascula',
);
const control = cue(
  'metal detect',
  'x ray',
  'ccp',
  'test (piece|sample|rod)?( \\w+)? ?(fail|not (detected|found|passed|ok)|missed|overdue)',
  'test nicht bestanden',
  '(prueba|test) no (superad|ok)',
  'detector (test|fail)',
  'metallsuch',
  'prufkorper',
  'detector de metales',
  'prueba (fallida|no)',
);
const setting = cue(
  'parameter',
  'recipe',
  'set ?point',
  'setting changed',
  'rezept',
  'einstellung',
  'sollwert',
  'receta',
  'consigna',
  'parametro',
);

/** Holds that stood at the time of the stop, with when each began. An old one says little: the line ran with it. */
function holds(scene: Scene): { record: PlantRecord; since: number }[] {
  const found: { record: PlantRecord; since: number }[] = [];
  const until = scene.from + scene.clocks.tolerance + 5 * minute;
  const events = scene.all('quality').filter(({ at }) => Date.parse(at) <= until);
  for (const event of events.filter((one) => one.event === 'hold')) {
    const released = events.some(
      (one) =>
        one.event === 'release' &&
        one.subject === event.subject &&
        one.at > event.at &&
        Date.parse(one.at) < scene.from,
    );
    if (!released) found.push({ record: event, since: Date.parse(event.at) });
  }
  const newest = new Map<string, { record: PlantRecord; since: number } | null>();
  const track = (record: PlantRecord, held: boolean): void => {
    if (Date.parse(record.at) > until) return;
    const id = `${record.kind}/${record.key}`;
    const before = newest.get(id) ?? null;
    newest.set(id, held ? { record, since: before?.since ?? Date.parse(record.at) } : null);
  };
  for (const lot of scene.all('lot'))
    track(
      lot,
      lot.held || mentions(plainText(lot.status), cue('hold', 'block', 'quarantine', 'gesperrt', 'reten')),
    );
  for (const order of scene.all('order')) track(order, order.status === 'held');
  const needs = new Set(scene.valid('material_requirement').map(({ material }) => material));
  const made = new Set(runningOrders(scene).map(({ material }) => material));
  for (const stock of scene.all('stock'))
    if (stock.stock === 'blocked' && (needs.has(stock.material) || made.has(stock.material)))
      track(stock, stock.quantity > 0);
  return [...found, ...[...newest.values()].filter((one) => one !== null)];
}

/** How much the kind of record says by itself: blocked stock is usual in a warehouse, a lot on hold is not. */
const weightOf = (record: PlantRecord): number => (record.kind === 'stock' ? 0.5 : 1);

export const qualityCauses: readonly Cause[] = [
  {
    id: 'quality_hold',
    class: 'quality',
    scope: 'line',
    words: () => 'a quality hold on the batch',
    check: () => 'ask quality whether the batch or lot in use is on hold, and since when',
    evidence: [
      shows(
        'quality',
        3,
        'a hold in the MES or ERP',
        (scene) =>
          holds(scene).map(({ record, since }) =>
            finding(scene, [record], weightOf(record) * near(since, scene.from, 30 * minute, 2 * minute)),
          ),
        { missing: 2, needs: 'lot' },
      ),
      noteSays(hold),
      reasonSays(hold),
      standIs(['generic', 'starved', 'waiting'], 0.6, 'machines that wait without a fault'),
      shows('alarm', 1.5, 'an alarm about a release', (scene, { origin: { stand } }) =>
        (stand?.spans ?? [])
          .slice(0, 3)
          .filter(({ raw }) => mentions(plainText(raw), hold))
          .map(({ record }) => finding(scene, [record])),
      ),
      ownFault(-1.2, hold),
    ],
  },
  {
    id: 'inspection_drift',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a check at ${at} that drifted and rejects good product`,
    check: (at) => `run test pieces through ${at}: does it reject good ones?`,
    evidence: [
      ...wordsOf(weigher, 1.5, 'an alarm of rejects or calibration', 0.6),
      alarmSays(rejects, 1.5, 'an alarm of rejects', 0),
      shows('quality', 2, 'a calibration that is due', (scene, { origin }) =>
        scene
          .valid('quality')
          .filter(
            ({ event, equipment }) =>
              event === 'calibration_due' && (equipment === null || equipment === origin.entry),
          )
          .map((one) => finding(scene, [one])),
      ),
      rejectsRise(2, 0.8),
    ],
  },
  {
    id: 'ccp_failed',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a failed safety check of the product at ${at}`,
    check: (at) => `look at the record of the last test at ${at}`,
    evidence: [
      ...wordsOf(control, 2.5, 'an alarm of the detector or its test', 1.2),
      shows(
        'quality',
        2.5,
        'a failed test',
        (scene) => [
          ...scene
            .valid('quality')
            .filter(({ event }) => event === 'test_failed')
            .map((one) =>
              finding(scene, [one], near(Date.parse(one.at), scene.from, 10 * minute, 5 * minute)),
            ),
          ...scene
            .valid('inspection')
            .filter(({ failed }) => failed.length > 0)
            .map((one) =>
              finding(scene, [one], near(Date.parse(one.at), scene.from, 10 * minute, 5 * minute) * 0.8),
            ),
        ],
        { missing: 0.8, needs: 'quality' },
      ),
    ],
  },
  {
    id: 'parameter_changed',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a changed setting at ${at}`,
    check: (at) => `compare the settings of ${at} with the recipe of the order`,
    evidence: [
      shows(
        'quality',
        2.5,
        'a change of a parameter',
        (scene, { origin }) =>
          scene
            .valid('quality')
            .filter(
              ({ event, equipment }) =>
                event === 'parameter_changed' &&
                (equipment === null || equipment === origin.entry || equipment === scene.line.id),
            )
            .map((one) => finding(scene, [one], near(Date.parse(one.at), scene.from, 90 * minute, 0))),
        { missing: 1, needs: 'quality' },
      ),
      rejectsRise(1.5, 0),
      signalMoves(
        { measure: 'setpoint', direction: 'up', z: 3, beforeS: 3600, afterS: 0, lasting: true },
        1.2,
        'a raised set value',
        0.5,
      ),
      signalMoves(
        { measure: 'setpoint', direction: 'down', z: 3, beforeS: 3600, afterS: 0, lasting: true },
        1.2,
        'a lowered set value',
        0,
      ),
      ...wordsOf(setting, 1, 'an alarm of a set value', 0.3),
      alarmSays(rejects, 0.8, 'an alarm of rejects', 0),
    ],
  },
];
