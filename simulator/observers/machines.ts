import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { isProducing } from '../../plant/state.ts';
import type { Random } from '../random.ts';
import type { Told } from './told.ts';

/** Words of controllers that know two states. */
const vendors = [
  ['Running', 'Stopped'],
  ['RUN', 'STOP'],
  ['On', 'Off'],
  ['Betrieb', 'Halt'],
  ['Läuft', 'Steht'],
  ['Marcha', 'Paro'],
  ['Auto', 'Not running'],
  ['1', '0'],
] as const;

/** These machines only say whether they run. */
export function speakPlainly(told: Told, machines: ReadonlySet<string>, rng: Random): Told {
  const words = new Map([...machines].map((id) => [id, rng.pick(vendors)] as const));
  const said = new Map<string, string>();
  const plain = (record: RecordOf<'state'>): RecordOf<'state'>[] => {
    const pair = words.get(record.equipment ?? '');
    if (!pair) return [record];
    const runs = isProducing(record.state);
    const raw = runs ? pair[0] : pair[1];
    if (said.get(record.equipment ?? '') === raw) return [];
    said.set(record.equipment ?? '', raw);
    return [{ ...record, state: runs ? 'Execute' : 'Stopped', waiting: null, mode: null, raw, plain: true }];
  };
  const inOrder = told.records.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    ...told,
    records: inOrder.flatMap((record): PlantRecord[] => (record.kind === 'state' ? plain(record) : [record])),
  };
}

/** These machines no system reports: neither states nor alarms nor values, nor the level of the buffers before them. */
export function darken(
  told: Told,
  plant: Plant,
  machines: ReadonlySet<string>,
): { told: Told; plant: Plant } {
  if (machines.size === 0) return { told, plant };
  const own = new Set(['state', 'alarm', 'gap']);
  const seen = (one: { equipment: string | null }) => !machines.has(one.equipment ?? '');
  const lines = plant.lines.map((line) => ({
    ...line,
    machines: line.machines.map((one) =>
      machines.has(one.id) ? { ...one, connected: false, signals: [] } : one,
    ),
    flow: line.flow.map(({ level, ...edge }) =>
      level === undefined || machines.has(level.split('/')[0] ?? '') ? edge : { ...edge, level },
    ),
  }));
  return {
    plant: { ...plant, lines },
    told: {
      records: told.records.filter((one) => seen(one) || !own.has(one.kind)),
      readings: told.readings.filter(seen),
      minutes: told.minutes.filter(seen),
    },
  };
}

/** No alarm of a machine comes through: its alarm contact was never wired. */
export const silence = (told: Told, machine: string): Told => ({
  ...told,
  records: told.records.filter((one) => one.kind !== 'alarm' || one.equipment !== machine),
});
