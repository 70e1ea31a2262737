import type { Plant } from '../../equipment.ts';
import type { PlantRecord } from '../../record.ts';
import { frameStops } from '../frame/frame.ts';
import type { SignalWindow, SourceCoverage, StopCase } from '../stop-case.ts';
import { at, recordOf, startOfDrawing } from './drawing.ts';
import { lineIn } from './plants.ts';

const sources: Record<string, readonly [string, readonly string[]]> = {
  machines: ['OPC UA', ['state', 'alarm', 'signal']],
  erp: ['SAP S/4HANA', ['order', 'operation', 'material_requirement', 'stock', 'maintenance', 'calendar']],
  mes: ['Plex', ['downtime_event', 'lot', 'scrap', 'crew', 'quality', 'system']],
  notes: ['Notes', ['note']],
};

/** All sources of a plant, up, unless `over` says otherwise. */
export const coverageOf = (over: Record<string, Partial<SourceCoverage>> = {}): SourceCoverage[] =>
  Object.entries(sources).map(([source, [system, kinds]]) => ({
    source,
    system,
    kinds,
    state: 'up',
    lastRecordAt: startOfDrawing + 7_200_000,
    clockOffsetMs: 0,
    gaps: [],
    ...over[source],
  }));

type Given = {
  plant: Plant;
  records: readonly (PlantRecord | readonly PlantRecord[])[];
  signals?: readonly SignalWindow[];
  coverage?: readonly SourceCoverage[];
  /** Seconds after the start of the drawing; default two hours. */
  nowS?: number;
  line?: string;
};

/** The last stop of the drawing with everything around it. */
export function caseOf({
  plant,
  records,
  signals = [],
  coverage = coverageOf(),
  nowS = 7200,
  line = 'line-3',
}: Given): StopCase {
  const ours = lineIn(plant, line);
  const flat = records.flat() as PlantRecord[];
  const now = startOfDrawing + nowS * 1000;
  const window = { from: startOfDrawing, to: now };
  const framed = frameStops({ plant, line: ours, records: flat, window, now }).at(-1);
  if (!framed) throw new Error('the drawing holds no stop');
  return {
    plant,
    line: ours,
    stop: framed.stop,
    now,
    window,
    records: flat,
    signals,
    coverage,
    confirmed: [],
    truncated: false,
  };
}

/** A signal every ten seconds from `fromS` to `toS` of the drawing; `value` gets the second. */
export function signal(
  equipment: string,
  name: string,
  unit: string,
  usual: number,
  value: (s: number) => number,
  toS = 900,
  fromS = 0,
): SignalWindow {
  const points: (readonly [number, number])[] = [];
  for (let s = fromS; s <= toS; s += 10) points.push([startOfDrawing + s * 1000, value(s)]);
  return {
    equipment,
    signal: name,
    unit,
    source: 'machines',
    points,
    baseline: { median: usual, mad: Math.abs(usual) * 0.02, count: 200 },
  };
}

/** What an ERP and a MES say of a line that runs an order with enough of everything. */
export function calmBusiness(line = 'line-3', stock = 50_000): PlantRecord[] {
  return [
    recordOf('order', -3600, line, {
      order: '1001',
      material: 'WATER-05',
      planned: 40_000,
      confirmed: 12_000,
      unit: 'bottles',
      status: 'started',
    }),
    recordOf('material_requirement', -3600, line, {
      key: '1001/CAP28',
      order: '1001',
      material: 'CAP28',
      description: 'Caps 28 mm',
      required: 40_000,
      withdrawn: 12_000,
      available: stock,
      unit: 'pcs',
    }),
    recordOf('stock', -600, null, {
      key: 'CAP28/WH1/-/free',
      material: 'CAP28',
      description: 'Caps 28 mm',
      location: 'WH1',
      stock: 'free',
      quantity: stock,
      unit: 'pcs',
    }),
    recordOf('crew', -1800, line, { source: 'mes', key: `${line}@${at(-1800)}`, present: 4, planned: 4 }),
    recordOf('lot', -7000, line, {
      source: 'mes',
      key: 'L-1',
      lot: 'L-1',
      material: 'CAP28',
      status: 'OK',
      event: 'started',
    }),
    recordOf('system', -7000, 'label-server', { source: 'mes', component: 'label server', event: 'up' }),
  ];
}

export const note = (s: number, text: string, equipment: string | null = 'line-3'): PlantRecord =>
  recordOf('note', s, equipment, { key: `note-${s}-${text.length}`, text, author: 'operator' });
