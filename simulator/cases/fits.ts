import type { PlantRecord } from '../../plant/record.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { atOf } from '../observers/told.ts';
import { conditionsSaid, isTelling } from '../physics/wordings.ts';
import type { Mark } from './marks.ts';
import { clearlyOf } from './place-shows.ts';
import type { Scene } from './scene.ts';
import type { OneCause } from './types.ts';

const minute = 60_000;
/** Conditions at which a machine stands: one text for two of them leaves open which. */
const stopping = new Set(
  'overload infeed magazine_empty air host hot temp_low rejects guard comms comms_io comms_panel mismatch test power'.split(
    ' ',
  ),
);

/** Equipment and signals by which a mark shows, of those that have values at that time. */
export function signalShown(
  scene: Scene,
  one: OneCause,
  mark: Extract<Mark, { sees: 'signal' | 'served' }>,
): [string, string][] {
  const wanted =
    mark.sees === 'signal'
      ? [signalOf(scene, one, mark.of)]
      : (scene.floor.plant.utilities.find((it) => it.id === one.place)?.serves ?? []).map(
          (id): [string, string] => [id, mark.of],
        );
  const near = (t: Millis) => t >= millis(one.t0) - 45 * minute && t <= scene.until;
  return wanted.filter(([equipment, name]) =>
    scene.told.readings.some((it) => it.equipment === equipment && it.signal === name && near(it.at)),
  );
}

function signalOf(scene: Scene, one: OneCause, of: string): [string, string] {
  const machine = scene.line.machines.find((it) => it.id === one.place);
  if (of === 'main') return [one.place, machine?.of.main ?? ''];
  if (of === 'magazine') return [one.place, machine?.of.consumable?.signal ?? ''];
  if (of === 'reference') return [scene.line.reference.id, 'speed'];
  if (of === 'supply') {
    const utility = scene.floor.plant.utilities.find((it) => it.id === one.place);
    return [one.place, utility?.signals[0]?.name ?? ''];
  }
  return [one.place, of];
}

/** Does this record show the mark? */
export function fits(
  scene: Scene,
  one: OneCause,
  mark: Exclude<Mark, { sees: 'signal' | 'served' | 'alone' }>,
  record: PlantRecord,
): boolean {
  const { line } = scene;
  switch (mark.sees) {
    case 'alarm':
      return alarmFits(scene, one, mark, record);
    case 'state':
      return record.equipment === (mark.at === 'place' ? one.place : line.reference.id)
        ? clearlyOf(record)
        : false;
    case 'mode':
      return clearlyOf(record) && record.kind === 'state' && record.mode === mark.of;
    case 'waited': {
      if (record.kind !== 'maintenance' || record.equipment !== one.place) return false;
      const requested = record.requested === null ? Infinity : millis(record.requested);
      const came = scene.told.records.flatMap((it) =>
        it.kind === 'maintenance' && it.order === record.order && it.arrived ? [millis(it.arrived)] : [],
      );
      return Math.min(scene.until, ...came) - requested >= mark.s * 1000;
    }
    case 'record':
      return bookFits(scene, one, mark, record);
  }
}

function alarmFits(
  scene: Scene,
  one: OneCause,
  mark: Extract<Mark, { sees: 'alarm' }>,
  record: PlantRecord,
): boolean {
  if (record.kind !== 'alarm' || !record.active || scene.noise.has(record)) return false;
  if (mark.at === 'place' && record.equipment !== one.place) return false;
  if (mark.at === 'reference' && record.equipment !== scene.line.reference.id) return false;
  const machine = scene.floor.byId.get(record.equipment ?? '')?.machine;
  const known = machine?.alarms.find((it) => it.id === record.alarm);
  if (!known || !mark.of.includes(known.when) || !isTelling(record.text, record.alarm)) return false;
  return conditionsSaid(record.text).every((when) => mark.of.includes(when) || !stopping.has(when));
}

function bookFits(
  scene: Scene,
  one: OneCause,
  mark: Extract<Mark, { sees: 'record' }>,
  record: PlantRecord,
): boolean {
  const { line } = scene;
  const t0 = millis(one.t0);
  if (record.kind !== mark.kind) return false;
  if (mark.at === 'place' && record.equipment !== one.place) return false;
  if (mark.at === 'material' && (!('material' in record) || !materialsOf(scene).has(record.material)))
    return false;
  if (record.kind === 'lot') {
    // Another lot's hold stops nothing here, and a lot started later is no cause.
    if (record.held && record.lot !== line.lot.id) return false;
    if (mark.field === 'event' && (atOf(record) < t0 - 45 * minute || atOf(record) > t0 + minute))
      return false;
  }
  if (record.kind === 'stock' && record.stock === 'blocked' && record.batch !== line.lot.id) return false;
  // A full crew is no sign of anybody missing.
  if (record.kind === 'crew') return record.present < record.planned && atOf(record) >= t0 - 15 * minute;
  if (mark.field === undefined) return true;
  const value = (record as Record<string, unknown>)[mark.field];
  return mark.is?.some((it) => it === value) ?? false;
}

/** Of a supply: what enters the line, or what the machine behind it takes from its magazine. */
function materialsOf({ line, chain }: Scene): Set<string> {
  const users = line.machines.filter((it) => chain[0]?.kind === 'material' && it.id === chain[0].to);
  if (users.length === 0) return new Set([line.supply.material]);
  return new Set(users.flatMap((it) => it.magazine?.material ?? []));
}
