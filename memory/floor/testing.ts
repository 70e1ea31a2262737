import type { Plant } from '../../plant/equipment.ts';
import { plant as plantShape } from '../../plant/equipment.ts';
import type { Batch, PlantRecord } from '../../plant/record.ts';
import { batch } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import { iso } from '../../plant/time.ts';

/** A small line for this room's tests: filler, packer, a shared utility, a system. */
export const smallPlant: Plant = plantShape.parse({
  id: 'small',
  name: 'Small plant',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      rate: 60,
      machines: [
        { id: 'line-1.filler', name: 'Filler', signals: [{ name: 'torque', unit: 'Nm' }] },
        { id: 'line-1.packer', name: 'Packer' },
      ],
      flow: [{ from: 'line-1.filler', to: 'line-1.packer', capacity: 50 }],
    },
    { id: 'line-2', name: 'Line 2', machines: [{ id: 'line-2.packer', name: 'Packer 2' }] },
  ],
  utilities: [
    {
      id: 'compressed-air',
      name: 'Compressed air',
      kind: 'compressed_air',
      serves: ['line-1'],
      signals: [{ name: 'pressure', unit: 'bar' }],
    },
  ],
  systems: [{ id: 'label-server', name: 'Label server', serves: ['line-1.packer'] }],
});

type Loose = Partial<Record<string, unknown>> & { kind: PlantRecord['kind']; at: Millis };

/** A record with the usual header; `key` defaults to equipment and time. */
export function recordAt({ at, ...fields }: Loose): PlantRecord {
  const equipment = (fields['equipment'] as string | undefined) ?? null;
  const made = batch.parse({
    source: 's',
    records: [
      {
        source: 'machines',
        key: `${equipment ?? '*'}@${iso(at)}`,
        equipment,
        at: iso(at),
        observedAt: iso(at),
        ...(fields.kind === 'state' ? { raw: String(fields['state']) } : {}),
        ...fields,
      },
    ],
  });
  return made.records[0] as PlantRecord;
}

export const batchOf = (source: string, parts: Partial<Batch>): Batch => ({
  source,
  records: [],
  readings: [],
  minutes: [],
  checkpoint: null,
  ...parts,
});
