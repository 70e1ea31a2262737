import type { Plant } from '../../plant/equipment.ts';
import { seen } from '../cases/evidence.ts';
import { decidedBy, type Mark } from '../cases/marks.ts';
import type { Scene } from '../cases/scene.ts';
import type { OneCause } from '../cases/types.ts';
import type { Random } from '../random.ts';
import { silence, speakPlainly } from './machines.ts';
import { recordId, type Told } from './told.ts';

/** Takes every source away that could decide the case: a contact that is not wired, a signal that is not mapped, a system that is not connected. */
export function blind(
  scene: Scene,
  one: OneCause,
  sources: { erp: string; mes: string; notes: string },
  rng: Random,
): { told: Told; plant: Plant; off: Set<string> } {
  const off = new Set([sources.notes]);
  let { told, plant } = scene;
  const plain = new Set<string>();
  for (const mark of (decidedBy[one.cause] ?? []).flat()) {
    const found = seen({ ...scene, told, plant }, one, mark);
    if (found.length === 0) continue;
    ({ told, plant } = without(mark, one, found, { told, plant, off, plain, scene, sources }));
  }
  // A line that is told to stand shows it at every machine.
  if (one.place === scene.line.id) for (const machine of scene.line.machines) plain.add(machine.id);
  told = speakPlainly(told, plain, rng);
  const records = told.records
    .filter((record) => !off.has(record.source))
    .map((record) => (record.kind === 'downtime_event' ? { ...record, reason: null } : record));
  return { told: { ...told, records }, plant, off };
}

type Taking = {
  told: Told;
  plant: Plant;
  off: Set<string>;
  plain: Set<string>;
  scene: Scene;
  sources: { erp: string; mes: string };
};

function without(
  mark: Mark,
  one: OneCause,
  found: ReturnType<typeof seen>,
  of: Taking,
): { told: Told; plant: Plant } {
  const { told, plant, off, plain, scene, sources } = of;
  if (mark.sees === 'mode') {
    for (const machine of scene.line.machines) plain.add(machine.id);
    return { told, plant };
  }
  if (mark.sees === 'state') {
    plain.add(mark.at === 'place' ? one.place : scene.line.reference.id);
    return { told, plant };
  }
  if (mark.sees === 'alarm') {
    const machines = new Set(found.map((it) => it.record?.equipment ?? ''));
    return { told: [...machines].reduce(silence, told), plant };
  }
  if (mark.sees === 'signal' || mark.sees === 'served')
    return found.reduce((left, { id }) => unmapped(scene, id, left), { told, plant });
  const gone = new Set(found.map((it) => it.id));
  for (const { record } of found)
    if (record?.source === sources.erp || record?.source === sources.mes) off.add(record.source);
  return {
    plant,
    told: {
      ...told,
      records: told.records.filter((record) => !off.has(record.source) && !gone.has(recordId(record))),
    },
  };
}

/** A signal that nobody mapped. A supply that is not metered shows nothing at all. */
function unmapped(scene: Scene, id: string, of: { told: Told; plant: Plant }): { told: Told; plant: Plant } {
  const { told, plant } = of;
  const [, , equipment = '', name = ''] = id.split('/');
  const all = scene.floor.plant.utilities.some((it) => it.id === equipment);
  const other = (row: { equipment: string; signal: string }) =>
    row.equipment !== equipment || (!all && row.signal !== name);
  const lacking = <T extends { id: string; signals: { name: string }[] }>(it: T): T =>
    it.id === equipment
      ? { ...it, signals: it.signals.filter((signal) => !all && signal.name !== name) }
      : it;
  return {
    told: { ...told, readings: told.readings.filter(other), minutes: told.minutes.filter(other) },
    plant: {
      ...plant,
      utilities: plant.utilities.map(lacking),
      lines: plant.lines.map((line) => ({ ...line, machines: line.machines.map(lacking) })),
    },
  };
}
