import type { PlantRecord } from '../../plant/record.ts';
import { millis } from '../../plant/time.ts';
import { atOf } from '../observers/told.ts';
import { conditionsSaid, isTelling } from '../physics/wordings.ts';
import type { Scene } from './scene.ts';
import type { OneCause } from './types.ts';

/** A state that says more than running and stopped. */
export const clearlyOf = (record: PlantRecord): boolean => record.kind === 'state' && !record.plain;

/** A machine that says itself what it waits for or stands for: by its state, or by "lack" and "tailback" on its display. */
function speaks(scene: Scene, id: string): boolean {
  const waits = new Set(['lack', 'tailback']);
  return scene.told.records.some((it) => {
    if (it.equipment !== id || atOf(it) < scene.from) return false;
    if (it.kind !== 'alarm') return clearlyOf(it);
    if (!it.active || scene.noise.has(it) || !isTelling(it.text, it.alarm)) return false;
    return conditionsSaid(it.text).some((when) => waits.has(when));
  });
}

/** An alarm of its own at that time, of whatever it is: it stands for itself. */
const complains = (scene: Scene, one: OneCause): boolean =>
  scene.told.records.some(
    (it) =>
      it.kind === 'alarm' &&
      it.equipment === one.place &&
      it.active &&
      it.severity >= 500 &&
      !scene.noise.has(it) &&
      atOf(it) >= millis(one.t0) - 60_000,
  );

/** Could an observer of these records say where it began? */
export function placeShows(scene: Scene, one: OneCause): boolean {
  const { line, plant } = scene;
  const machine = line.machines.find((it) => it.id === one.place);
  if (!machine) {
    if (one.place === line.id) return line.machines.some(({ id }) => speaks(scene, id));
    const [first] = scene.chain;
    return first === undefined || speaks(scene, first.to);
  }
  if (complains(scene, one)) return true;
  const own = scene.told.records.some(
    (it) => it.equipment === machine.id && clearlyOf(it) && atOf(it) >= scene.from,
  );
  if (own) return true;
  const before = machine.inputs.some((edge) => speaks(scene, edge.from.id));
  const after = machine.outputs.some((edge) => speaks(scene, edge.to.id));
  const spec = plant.lines.flatMap((it) => it.machines).find(({ id }) => id === machine.id);
  // What only says that it stands is known by a neighbour's word, a dark one by one on each side. At an end of the line it might as well be what lies beyond.
  if (spec?.connected === false) return before && after;
  const atEnd = machine.inputs.length === 0 || machine.outputs.length === 0;
  return !atEnd && (before || after);
}

/** A warm machine of those that share chilled water is alone with it only if the water, or another of them, can be seen. */
export function standsAlone(scene: Scene, one: OneCause): boolean {
  const shared = scene.plant.utilities.filter(
    (it) => it.serves.includes(one.place) && it.id === scene.floor.water?.id,
  );
  return shared.every((it) =>
    scene.told.readings.some(
      (row) =>
        row.equipment === it.id ||
        (row.signal === 'temperature' && row.equipment !== one.place && it.serves.includes(row.equipment)),
    ),
  );
}
