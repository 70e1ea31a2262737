import { explained, jam } from '../../agents/copilot/testing/floor.ts';
import { examplePlant } from '../../agents/models/offline/plant.example.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Evidence } from '../../plant/evidence.ts';

/** A stop with everything that is known of it, for sentences that are held against it. */
export type Scene = { name: string; diagnosis: Diagnosis; structured: Record<string, unknown> };

export const scenePlant = examplePlant;

const record = (
  id: string,
  system: string,
  at: string,
  says: string,
  equipment: string | null = null,
): Evidence => ({
  id,
  source: id.split('/')[0] ?? id,
  system,
  kind: 'record',
  equipment,
  at,
  says,
  quality: 'good',
});

const ofStockout = [
  record(
    'erp/stock/88120',
    'SAP S/4HANA',
    '2026-11-20T07:38:00Z',
    'stock of lid 88120 at store 0002: 40 pieces',
  ),
  record(
    'erp/requirement/88120',
    'SAP S/4HANA',
    '2026-11-20T07:30:00Z',
    'order 4711 needs 6,000 pieces of lid 88120',
  ),
  record(
    'machines/state/line-1.seamer',
    'OPC UA',
    '2026-11-20T07:40:50Z',
    'the seamer went to Suspended, starved',
    'line-1.seamer',
  ),
];

/** The packer of line 1 without lids, 08:41 to 09:29 in Berlin; most likely the store had none. */
const stockout: Diagnosis = jam({
  stop: {
    id: 'line-1@2026-11-20T07:41:10Z',
    line: 'line-1',
    from: '2026-11-20T07:41:10Z',
    to: '2026-11-20T08:29:10Z',
    durationS: 2_880,
    loss: 'breakdown',
    planned: false,
    uncertain: false,
  },
  machine: null,
  place: 'line-1.supply',
  cause: 'component_stockout',
  class: 'material',
  p: 0.72,
  chain: [
    {
      from: 'line-1.supply',
      to: 'line-1.seamer',
      kind: 'supplies',
      at: '2026-11-20T07:40:50Z',
      inferred: false,
    },
    {
      from: 'line-1.seamer',
      to: 'line-1.packer',
      kind: 'starves',
      at: '2026-11-20T07:41:40Z',
      inferred: true,
    },
  ],
  ruled_out: [
    {
      cause: 'drive_trip',
      words: 'drive trip of the seamer',
      because: 'it reported no fault',
      evidence: [],
    },
  ],
  next_check: 'look whether lids stand at the goods receipt',
  candidates: [
    {
      cause: 'component_stockout',
      class: 'material',
      place: 'line-1.supply',
      p: 0.72,
      for: ofStockout.map(({ id }) => id),
      against: [],
      words: 'no lids in the store',
    },
  ],
  evidence: ofStockout,
  completeness: { complete: true, asOf: '2026-11-20T14:09:30Z', missing: [], truncated: false },
});

const ofUndecided = [
  record(
    'machines/state/line-2.sealer',
    'OPC UA',
    '2026-11-20T13:54:20Z',
    'the sealer went to Stopped',
    'line-2.sealer',
  ),
  record(
    'machines/state/line-2.cartoner',
    'OPC UA',
    '2026-11-20T13:54:55Z',
    'the cartoner went to Stopped',
    'line-2.cartoner',
  ),
];

/** Line 2 stands since 14:55, nobody can say why: the sealer or the cartoner. */
const undecided: Diagnosis = jam({
  stop: {
    id: 'line-2@2026-11-20T13:55:00Z',
    line: 'line-2',
    from: '2026-11-20T13:55:00Z',
    to: null,
    durationS: 900,
    loss: 'breakdown',
    planned: false,
    uncertain: false,
  },
  machine: null,
  place: null,
  cause: 'unknown',
  class: null,
  p: 0.38,
  abstained: true,
  chain: [],
  ruled_out: [],
  unknown: ['The checkweigher reports nothing.'],
  next_check: 'look at the panel of the sealer',
  candidates: [
    {
      cause: 'temperature_low',
      class: 'machine',
      place: 'line-2.sealer',
      p: 0.38,
      for: ofUndecided.map(({ id }) => id),
      against: [],
      words: 'sealing bars of the sealer too cold',
    },
    {
      cause: 'infeed_jam',
      class: 'machine',
      place: 'line-2.cartoner',
      p: 0.3,
      for: ofUndecided.map(({ id }) => id),
      against: [],
      words: 'jam at the cartoner infeed',
    },
  ],
  evidence: ofUndecided,
  completeness: {
    complete: false,
    asOf: '2026-11-20T14:09:30Z',
    missing: ['No data from SAP S/4HANA since 12:10.'],
    truncated: false,
  },
});

/** Friday 20 November 2026, 15:10 in Berlin: a jam that is sure, a stockout that is likely, a stop nobody can explain. */
export const scenes: readonly Scene[] = Object.entries({
  jam: jam(),
  stockout,
  undecided,
}).map(([name, diagnosis]) => ({ name, diagnosis, structured: explained(diagnosis, scenePlant) }));
